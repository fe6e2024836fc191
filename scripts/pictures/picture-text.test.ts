import { describe, expect, it } from 'vitest'

import { pictureText } from './picture-text.ts'

const text = (y: number, content: string): string => `<text x="1.0" y="${y}" fill="#fff">${content}</text>`

describe('what a picture shows', () => {
  it('is the same whatever the times, the spinners and the order of rows', () => {
    const one = text(30, 'Step b has finished in 0.1s') + text(48, '\u280B') + text(48, ' train 42%')
    const other = text(30, '\u2839') + text(30, ' train 41%') + text(48, 'Step b has finished in 12.3s')
    expect(pictureText(one)).toBe(pictureText(other))
  })

  it('is not the same where another word is there', () => {
    expect(pictureText(text(1, 'Step a'))).not.toBe(pictureText(text(1, 'Step b')))
  })
})
