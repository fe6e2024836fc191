import { CAPTURED } from './captured-project.ts'
import { all, replace, type Edit, type TableRows } from './table-row.ts'

const edit = (from: string, to: string): Edit => replace(CAPTURED, from, to)

/** Edits of values that closures of one function capture. */
export const CAPTURED_ROWS: TableRows = {
  'two closures of one factory with different captured values: two different keys': [
    { edit: 'no edit', reruns: [] },
    {
      edit: 'a captured number',
      apply: edit('giving(2)', 'giving(3)'),
      reruns: ['number 3'],
      result: { numbers: [1, 3] },
    },
    {
      edit: 'two captured numbers, which are swapped,',
      apply: all(edit('giving(2)', 'giving(0)'), edit('giving(1)', 'giving(2)'), edit('giving(0)', 'giving(1)')),
      reruns: [],
      result: { numbers: [2, 1] },
    },
    {
      edit: 'a captured number that another closure has, too,',
      apply: edit('giving(2)', 'giving(1)'),
      reruns: [],
      result: { numbers: [1, 1] },
    },
    {
      edit: 'an item of a captured array',
      apply: edit('printing([1, 2])', 'printing([2, 2])'),
      reruns: ['data [2,2]'],
      result: { data: ['[2,2]', '{"a":{"b":1}}', '"1970-01-01T00:00:00.000Z"'] },
    },
    {
      edit: 'a member of a captured object',
      apply: edit('b: 1', 'b: 2'),
      reruns: ['data {"a":{"b":2}}'],
      result: { data: ['[1,2]', '{"a":{"b":2}}', '"1970-01-01T00:00:00.000Z"'] },
    },
    {
      edit: 'a captured date',
      apply: edit('new Date(0)', 'new Date(1)'),
      reruns: ['data "1970-01-01T00:00:00.001Z"'],
      result: { data: ['[1,2]', '{"a":{"b":1}}', '"1970-01-01T00:00:00.001Z"'] },
    },
    { edit: 'a value of a loop', apply: edit('[5, 6]', '[5, 7]'), reruns: ['looped 7'], result: { looped: [5, 7] } },
    { edit: 'the order of a loop', apply: edit('[5, 6]', '[6, 5]'), reruns: [], result: { looped: [6, 5] } },
    {
      edit: 'a value that the factory makes of its argument',
      apply: edit('raising(7)', 'raising(107)'),
      reruns: ['raised 108'],
      result: { raised: [108] },
    },
    {
      edit: 'an argument that changes nothing of what is captured',
      apply: edit('raising(7)', 'raising(8)'),
      reruns: [],
    },
    {
      edit: 'the step in a factory',
      apply: edit("ran('number ' + amount)", "ran('amount ' + amount)"),
      reruns: ['amount 1', 'amount 2'],
    },
    { edit: 'a comment in a factory', apply: edit('const least', '// At least this.\n  const least'), reruns: [] },
  ],
}

/** Edits of functions that closures capture. */
export const CAPTURED_FUNCTIONS_ROWS: TableRows = {
  'two closures of one factory with different captured values: two different keys': [
    { edit: 'no edit', reruns: [] },
    {
      edit: 'a captured function',
      apply: edit('number + 1)', 'number + 2)'),
      reruns: ['function 12'],
      result: { functions: [20, 12] },
    },
    {
      edit: 'a value that a captured function captures',
      apply: edit('nesting(1)', 'nesting(2)'),
      reruns: ['nested 12'],
      result: { nested: [12] },
    },
  ],
}
