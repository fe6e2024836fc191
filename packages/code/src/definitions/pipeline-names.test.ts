import { describe, expect, it } from 'vitest'

import { pipelineNames } from './pipeline-names.ts'

const namesIn = (text: string, file = 'a.ts'): unknown => pipelineNames(file, text)
const clear = (...names: readonly string[]): unknown => ({ names, isUnclear: false })

describe('pipelineNames', () => {
  it.each([
    ["import { pipeline } from 'cairnml'\nexport const a = pipeline({ name: 'a', build })", clear('a')],
    ["import { pipeline as p } from 'cairnml'\np({ name: 'a' }); p({ 'name': `b` })", clear('a', 'b')],
    ["import * as c from 'cairnml'\nfunction make() { return c.pipeline({ name: 'a' }) }", clear('a')],
    ["const NAME = 'a' as const\nexport default pipeline({ name: NAME, build: () => {} } )", clear('a')],
    ["const { pipeline } = require('cairnml'); module.exports = pipeline({ name: 'a' })", clear('a')],
    ["const train: Step = step({ name: 'train' }).implement(() => 'pipeline({ name: 1 })')", clear()],
    ["// pipeline({ name: 'a' })", clear()],
    ['', clear()],
  ])('finds the names in %j', (text, names) => {
    expect(namesIn(text)).toEqual(names)
  })

  it.each([
    ['pipeline({ name: process.env.NAME, build })'],
    ['pipeline({ name: `a_${b}` })'],
    ['pipeline(declaration)'],
    ['pipeline({ ...declaration })'],
    ["pipeline({ ['na' + 'me']: 'a' })"],
    ['let broken = ('],
  ])('says of %j that the name is not clear', (text) => {
    expect(namesIn(text)).toEqual({ names: [], isUnclear: true })
  })

  it('reads JSX', () => {
    expect(namesIn("const view = <p>hi</p>\npipeline({ name: 'a' })", 'a.tsx')).toEqual(clear('a'))
  })
})
