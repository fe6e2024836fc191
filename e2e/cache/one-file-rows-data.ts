import { ONE_FILE } from './one-file-project.ts'
import { replace, type Edit, type TableRows } from './table-row.ts'

const edit = (from: string, to: string): Edit => replace(ONE_FILE, from, to)
/** Puts text before another one. */
const before = (place: string, text: string): Edit => edit(place, `${text}${place}`)
const whole =
  (change: (text: string) => string): Edit =>
  (project) =>
    project.write({ [ONE_FILE]: change(project.read(ONE_FILE)) })

const SCALED = ['scaled', 'total', 'titled']
const TIMES_80 = { scaled: [80, 160], total: 240, titled: 'Sum: 240 cm' }

/** Edits of one file that holds everything. */
export const ONE_FILE_ROWS: TableRows = {
  'nothing: nothing': [{ edit: 'no edit', reruns: [] }],
  'comment, whitespace, formatting, type annotation, or import order: nothing': [
    { edit: 'a comment in a step', apply: before('return [3, 1, 2]', '// In no order.\n  '), reruns: [] },
    {
      edit: 'a comment at the head of the file',
      apply: before('import { pipeline,', '/* All of it. */\n\n'),
      reruns: [],
    },
    { edit: 'a comment at the end of a line of a step', apply: edit('[3, 1, 2]', '[3, /* one: */ 1, 2]'), reruns: [] },
    {
      edit: 'a comment in the declaration of a step',
      apply: before("  name: 'scaled'", '  // Makes numbers larger.\n'),
      reruns: [],
    },
    {
      edit: 'a doc comment of a function that steps use',
      apply: before('function isSmall', '/** Few. */\n'),
      reruns: [],
    },
    { edit: 'empty lines', apply: whole((text) => text.replaceAll('\n\n', '\n\n\n')), reruns: [] },
    { edit: 'indentation by tabs', apply: whole((text) => text.replaceAll(/^ +/gm, '\t')), reruns: [] },
    { edit: 'line ends of Windows', apply: whole((text) => text.replaceAll('\n', '\r\n')), reruns: [] },
    { edit: 'a byte order mark', apply: whole((text) => `\uFEFF${text}`), reruns: [] },
    {
      edit: 'semicolons',
      apply: whole((text) => text.replaceAll(/(?<=^(?: {2}return|const) .*[\])'\w])$/gm, ';')),
      reruns: [],
    },
    { edit: 'double quotes', apply: whole((text) => text.replaceAll("'", '"')), reruns: [] },
    {
      edit: 'parentheses',
      apply: edit(
        'numbers.map((number) => fourfold(number) * factor)',
        '(numbers.map((number) => (fourfold((number)) * factor)))',
      ),
      reruns: [],
    },
    { edit: 'trailing commas and line breaks', apply: edit('[3, 1, 2]', '[\n    3,\n    1,\n    2,\n  ]'), reruns: [] },
    {
      edit: 'the type of an argument',
      apply: edit('isSmall(number: number)', 'isSmall(number: 1 | 2 | 3 | number)'),
      reruns: [],
    },
    {
      edit: 'the type of a result',
      apply: edit('return [3, 1, 2]', 'return [3, 1, 2] as number[] satisfies number[]'),
      reruns: [],
    },
    {
      edit: 'an interface',
      apply: before('const LIMIT', 'interface Size { readonly width: number }\ntype Sizes = Size[]\n'),
      reruns: [],
    },
    {
      edit: 'a type that is imported',
      apply: before('import { z }', "import type { Step } from 'cairnml'\n"),
      reruns: [],
    },
    {
      edit: 'the order of imports',
      apply: whole((text) => text.replace(/^(import .*)\n(import .*)\n(import .*)/, '$3\n$2\n$1')),
      reruns: [],
    },
    { edit: 'the order of names in an import', apply: edit('{ pipeline, step }', '{ step, pipeline }'), reruns: [] },
  ],
  'body of the step: that step; below it only if its output bytes changed': [
    {
      edit: 'a body that gives the same bytes',
      apply: edit('return [3, 1, 2]', 'return [3, 2 - 1, 2]'),
      reruns: ['numbers'],
    },
    {
      edit: 'a body whose follower gives the same bytes',
      apply: edit('return [3, 1, 2]', 'return [2, 3, 1]'),
      reruns: ['numbers', 'limited'],
      result: { numbers: [2, 3, 1] },
    },
    {
      edit: 'a body that changes everything',
      apply: edit('return [3, 1, 2]', 'return [2, 2]'),
      reruns: ['numbers', 'limited', ...SCALED],
      result: { numbers: [2, 2], limited: [2, 2], scaled: [80, 80], total: 160, titled: 'Sum: 160 cm' },
    },
    {
      edit: 'an operator of a body',
      apply: edit('fourfold(number) * factor', 'fourfold(number) + factor'),
      reruns: SCALED,
      result: { scaled: [14, 18], total: 32, titled: 'Sum: 32 cm' },
    },
  ],
  'helper in the same file that the step calls (directly or through others): callers only': [
    {
      edit: 'a function that a step calls',
      apply: edit('number <= LIMIT', 'number < LIMIT'),
      reruns: ['limited', ...SCALED],
      result: { limited: [1], scaled: [40], total: 40, titled: 'Sum: 40 cm' },
    },
    { edit: 'a function that gives the same', apply: edit('number <= LIMIT', 'LIMIT >= number'), reruns: ['limited'] },
    {
      edit: 'a function that a step calls through another one',
      apply: edit('=> number * 2', '=> number * 4 / 2'),
      reruns: ['scaled'],
    },
    {
      edit: 'the function between',
      apply: edit('twice(twice(number))', 'twice(twice(twice(number)))'),
      reruns: SCALED,
      result: TIMES_80,
    },
    { edit: 'a function that no step calls', apply: edit('number + UNUSED', 'number - UNUSED'), reruns: [] },
    {
      edit: 'a function that is new and not called',
      apply: before('class Writer', 'const idle = (): number => 1\nvoid idle\n\n'),
      reruns: [],
    },
  ],
  'another step in the same file: that other step only': [
    { edit: 'a step above', apply: edit('filter(isSmall)', 'filter((each) => isSmall(each))'), reruns: ['limited'] },
    { edit: 'a step below', apply: edit('sum + number, 0)', 'number + sum, 0)'), reruns: ['total'] },
    {
      edit: 'a step that is new',
      apply: before(
        'const total =',
        "const idle = step({ name: 'idle', output: list }).implement(() => [])\nvoid idle\n\n",
      ),
      reruns: [],
    },
    {
      edit: 'the order of steps',
      apply: whole((text) => {
        const [first = '', ...others] = text.split(/(?=^const (?:total|titled) = )/m)
        const [sum = '', title = ''] = others
        const [titled = '', rest = ''] = title.split(/(?=^const p = )/m)
        return `${first}${titled}${sum}${rest}`
      }),
      reruns: [],
    },
    {
      edit: 'the pipeline',
      apply: edit('const all = numbers()', "const all = numbers({}, { id: 'all' })"),
      reruns: [],
    },
    {
      edit: 'what the file does with the result',
      apply: before("console.log('RESULT", 'Object.freeze(values)\n'),
      reruns: [],
    },
  ],
  'top-level constant, class method, enum or object that the step uses: users only': [
    {
      edit: 'a constant',
      apply: edit('LIMIT = 2', 'LIMIT = 1'),
      reruns: ['limited', ...SCALED],
      result: { limited: [1], scaled: [40], total: 40, titled: 'Sum: 40 cm' },
    },
    { edit: 'a constant that no step uses', apply: edit('UNUSED = 7', 'UNUSED = 8'), reruns: [] },
    {
      edit: 'a method of a class',
      apply: edit("number + ' ' + this.#unit", 'number + this.#unit'),
      reruns: ['titled'],
      result: { titled: 'Sum: 120cm' },
    },
    {
      edit: 'an object that stands for an enum',
      apply: edit("Centimetre: 'cm'", "Centimetre: 'px'"),
      reruns: ['titled'],
      result: { titled: 'Sum: 120 px' },
    },
    {
      edit: 'an object',
      apply: edit("sum: 'Sum'", "sum: 'All'"),
      reruns: ['titled'],
      result: { titled: 'All: 120 cm' },
    },
  ],
  'default of a step parameter, schema unchanged in shape: the step if the effective value changed': [
    { edit: 'a default that is in force', apply: edit('default(10)', 'default(20)'), reruns: SCALED, result: TIMES_80 },
    {
      edit: 'a default in place of which the call gives a value',
      apply: (project) => {
        edit('scaled({ numbers: few })', 'scaled({ numbers: few, factor: 10 })')(project)
        edit('default(10)', 'default(20)')(project)
      },
      reruns: [],
    },
  ],
  '`retry`, `timeout`, `tags`, `resources`, hooks: nothing': [
    { edit: 'retry', apply: before("  name: 'scaled'", "  retry: { attempts: 2, delay: '1ms' },\n"), reruns: [] },
    { edit: 'timeout', apply: before("  name: 'scaled'", "  timeout: '1m',\n"), reruns: [] },
    { edit: 'tags', apply: before("  name: 'scaled'", "  tags: ['large'],\n"), reruns: [] },
    { edit: 'resources', apply: before("  name: 'scaled'", '  resources: { cpu: 2, gpu: 0 },\n'), reruns: [] },
    {
      edit: 'hooks and what they call',
      apply: before(
        "  name: 'scaled'",
        '  onStart: () => void unrelated(1),\n  onSuccess: () => void twice(1),\n  onFailure: ({ step }) => void step,\n',
      ),
      reruns: [],
    },
  ],
}
