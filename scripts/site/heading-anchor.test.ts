import { expect, it } from 'vitest'

import { headingAnchor } from './heading-anchor.ts'

it.each([
  ['The project: cairn.yaml', 'the-project-cairnyaml'],
  ['step(declaration).implement(function)', 'stepdeclarationimplementfunction'],
  ['cairn explain, cairn run show', 'cairn-explain-cairn-run-show'],
  ['CAIRN_INPUT_TYPE & others', 'cairn_input_type--others'],
  [' Größe über alles ', 'größe-über-alles'],
])('gives "%s" the anchor that GitHub gives it', (heading, anchor) => {
  expect(headingAnchor(heading)).toBe(anchor)
})
