import { all, replace, type Edit, type TableRows } from './table-row.ts'

const PIPELINE = 'src/pipeline.ts'
const inPipeline = (from: string, to: string): Edit => replace(PIPELINE, from, to)

const upgrade = (name: string): Edit =>
  replace(`node_modules/${name}/package.json`, '"version":"1.0.0"', '"version":"1.1.0"')

const OPTIONS = `{
  retry: { attempts: 3, delay: '1ms' },
  timeout: '1m',
  tags: ['edited'],
  resources: { cpu: 2 },
  onStart: () => undefined,
  onSuccess: () => undefined,
  onFailure: () => undefined,
}`

/** Edits of packages, options and pipelines. */
export const SURROUNDINGS_ROWS: TableRows = {
  'npm package that the step reaches: other version': [
    {
      edit: 'a package with other code and version',
      apply: all(
        upgrade('round-up'),
        replace('node_modules/round-up/index.js', 'Math.ceil(number)', 'Math.ceil(number) + 1'),
      ),
      reruns: ['boxed', 'opened'],
      result: { opened: 7 },
    },
    { edit: 'the version of a package', apply: upgrade('round-up'), reruns: ['boxed'] },
    { edit: 'the version of a package below it', apply: upgrade('round-down'), reruns: ['boxed'] },
    {
      edit: 'the code of a package without lockfile whose version stays',
      apply: replace('node_modules/round-up/index.js', 'Math.ceil(number)', 'Math.ceil(number) + 1'),
      reruns: ['boxed', 'opened'],
      result: { opened: 7 },
    },
  ],
  'npm package that it does not reach: nothing': [
    { edit: 'the version of a package that nothing imports', apply: upgrade('unreached'), reruns: [] },
    {
      edit: 'the version of a package that the file of a step imports for something else',
      apply: upgrade('unused-import'),
      reruns: [],
    },
    { edit: 'the version of a package of which only types are imported', apply: upgrade('only-types'), reruns: [] },
    { edit: 'the version of a package that only the file of the pipeline uses', apply: upgrade('printer'), reruns: [] },
    {
      edit: 'a package that is new',
      apply: (project) =>
        project.write({ 'node_modules/new-one/package.json': '{ "name": "new-one", "version": "1.0.0" }' }),
      reruns: [],
    },
  ],
  '`retry`, `timeout`, `tags`, `resources`, hooks: nothing': [
    {
      edit: 'all of them for a step',
      apply: inPipeline('sorted({ numbers })', `sorted.with(${OPTIONS})({ numbers })`),
      reruns: [],
    },
    {
      edit: 'all of them for the pipeline',
      apply: inPipeline("name: 'table',", `name: 'table', ...${OPTIONS},`),
      reruns: [],
    },
    {
      edit: 'some of them for the run',
      apply: inPipeline(
        'table.run()',
        "table.run({}, { steps: { sorted: { retry: { attempts: 2 }, timeout: '9s' } } })",
      ),
      reruns: [],
    },
    { edit: 'tags of the run', args: ['--tag', 'edited', '--failure-mode', 'fail-fast'], reruns: [] },
  ],
  'renaming the pipeline, running under another pipeline: nothing': [
    { edit: 'the name of the pipeline', apply: inPipeline("name: 'table'", "name: 'renamed'"), reruns: [] },
    { edit: 'the id of a call', apply: inPipeline('source()', "source({}, { id: 'first' })"), reruns: [] },
    { edit: 'the name of the run', args: ['--name', 'another'], reruns: [] },
    {
      edit: 'the order of independent steps',
      apply: (project) => {
        const line = '    const box = boxed({ numbers: ordered })\n'
        project.edit(PIPELINE, line, '')
        project.edit(PIPELINE, '    const larger', `${line}    const larger`)
      },
      reruns: [],
    },
    {
      edit: 'a pipeline around the pipeline',
      apply: all(
        inPipeline('table.run()', 'outer.run()'),
        inPipeline(
          'const { result }',
          "const outer = pipeline({ name: 'outer', build: () => table() })\nconst { result }",
        ),
      ),
      reruns: [],
    },
    {
      edit: 'the pipeline, which puts a new step beside the others,',
      apply: all(
        (project) =>
          project.write({
            'src/greeting.ts': `import { step, text } from 'cairnml'
export const greeting = step({ name: 'greeting', output: text }).implement(() => 'hello')
`,
          }),
        inPipeline('const numbers', 'greeting()\n    const numbers'),
        inPipeline('import { z }', "import { greeting } from './greeting.ts'\nimport { z }"),
      ),
      reruns: [],
    },
    {
      edit: 'the file of the pipeline, which moves,',
      apply: (project) => {
        project.write({ 'pipelines/table.ts': project.read(PIPELINE).replaceAll("from './", "from '../src/") })
        project.write({ [PIPELINE]: "await import('../pipelines/table.ts')\n" })
      },
      // A dynamic import at load may run anything at any time: what is computed at load counts with it. A limit, not a wish.
      reruns: ['boxed', 'opened'],
    },
  ],
}
