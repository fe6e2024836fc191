import type { PackageManager } from '../packed/packed-manifest.ts'
import type { ProjectFiles } from '../project/temporary-project.ts'

/** A stack that cannot be used, and what is said about it. */
export interface Refusal {
  readonly name: string
  /** `stacks/broken.yaml`. */
  readonly stack: string
  /** What else is written. */
  readonly files?: ProjectFiles
  /** What is typed behind `cairn`. @default stack set broken --allow-code */
  readonly command?: string
  /** All of standard error, without the line that names the help. `{dir}` is the project, `{cairn}` how the command is called. */
  readonly says: string
}

const RUN = 'run hello --stack broken'

const SECRET_KEPT = 'Secrets are neither stored nor shown.'
const CORRECT = 'Correct the file at that line and column. Nothing was run or recorded.'
const DESCRIBE = '`cairn orchestrator describe local` shows the options that it takes.'

/** An orchestrator that runs steps elsewhere, or says so. */
const FAR = `import { definePlugin, InlineOrchestrator, orchestrator } from 'cairnml/plugin'

export default definePlugin({
  name: 'far',
  components: [
    orchestrator({ requires: { artifactStore: ['remote'] }, create: (_options, { name }) => new InlineOrchestrator({ name }) }),
  ],
})
`

const FAILING = `import { artifactStore, definePlugin } from 'cairnml/plugin'

export default definePlugin({
  name: 'failing',
  components: [
    artifactStore({
      create: () => {
        throw new Error('nobody answers')
      },
    }),
  ],
})
`

/** What is wrong with the values that a stack file gives. */
const VALUES: readonly Refusal[] = [
  {
    name: 'a plugin that is not installed',
    stack: 'artifactStore:\n  use: s3\n',
    says: `CAIRN_PLUGIN_MISSING: No plugin supplies "s3" (stacks/broken.yaml:2:8): @cairnml/plugin-s3 and cairnml-plugin-s3 cannot be found from {dir}.
Install it: {cairn} plugin add s3`,
  },
  {
    name: 'an option of another type',
    stack: 'orchestrator:\n  use: local\n  concurrency: many\n',
    says: `CAIRN_COMPONENT_OPTIONS: The options of orchestrator (local) are not valid: stacks/broken.yaml:3:16: concurrency: Invalid input: expected number, received string (was "many").
${DESCRIBE}`,
  },
  {
    name: 'a misspelt option',
    stack: 'orchestrator:\n  use: local\n  concurency: 1\n',
    says: `CAIRN_COMPONENT_OPTIONS: The options of orchestrator (local) are not valid: stacks/broken.yaml:3:3: there is no option "concurency" (did you mean "concurrency"?).
${DESCRIBE}`,
  },
  {
    name: 'a secret as it is',
    stack: 'artifactStore:\n  use: ./sealed-store.ts\n  passphrase: correct horse battery\n',
    says: `CAIRN_STACK_SECRET: The secret at stacks/broken.yaml:3:15 (artifactStore (./sealed-store.ts), passphrase) cannot be used: a secret is not written into a stack, where everybody reads it.
Write \${env:NAME}, or { file: path }, in its place. ${SECRET_KEPT}`,
  },
  {
    name: 'a variable where no secret is',
    stack: 'artifactStore:\n  use: local\n  path: ${env:HOME}\n',
    says: `CAIRN_STACK_SECRET: The secret at stacks/broken.yaml:3:9 (artifactStore (local), path) cannot be used: that option is not marked as secret, and \${env:NAME} is for secrets.
Write the value itself, or mark the option as secret in the schema of the component. ${SECRET_KEPT}`,
  },
  {
    name: 'a variable that is not set, when it runs',
    stack: 'artifactStore:\n  use: ./sealed-store.ts\n  passphrase: ${env:NOT_SET}\n',
    command: RUN,
    says: `CAIRN_STACK_SECRET: The secret at stacks/broken.yaml:3:15 (artifactStore (./sealed-store.ts), passphrase) cannot be used: the variable NOT_SET is not set.
Set NOT_SET; a run also takes it from --env-file. ${SECRET_KEPT}`,
  },
  {
    name: 'settings for what nothing supplies',
    stack: '',
    files: { 'run.yaml': 'settings:\n  locl: { nodes: 2 }\n' },
    command: `${RUN} --config run.yaml`,
    says: `CAIRN_CONFIG_INVALID: The configuration cannot be used: run.yaml:2:3: The settings of step "greet" are for "locl", which no installed plugin supplies. Did you mean "local"?
${CORRECT}`,
  },
]

/** What is wrong with the file itself. */
const FILES: readonly Refusal[] = [
  {
    name: 'a file that is not there as what it extends',
    stack: 'extends: ./nothing.yaml\n',
    says: `CAIRN_CONFIG_MISSING: "extends" (stacks/broken.yaml:1:10) needs the file stacks/nothing.yaml: it is not there.
Correct the path: on the command line it counts from the current folder, in a file from the folder of that file. Nothing was run or recorded.`,
  },
  {
    name: 'a circle of files that extend one another',
    stack: 'extends: ./circle.yaml\n',
    files: { 'stacks/circle.yaml': 'extends: ./broken.yaml\n' },
    says: `CAIRN_CONFIG_INVALID: The configuration cannot be used: stacks/circle.yaml:1:10: it extends itself: stacks/broken.yaml extends stacks/circle.yaml extends stacks/broken.yaml.
${CORRECT}`,
  },
  {
    name: 'what is no YAML',
    stack: 'artifactStore:\n\tuse: local\n',
    says: `CAIRN_CONFIG_INVALID: The configuration cannot be used: stacks/broken.yaml:2:1: Tabs are not allowed as indentation.
${CORRECT}`,
  },
]

/** What is wrong with the code that is meant. */
const CODE: readonly Refusal[] = [
  {
    name: 'a file that is no plugin',
    stack: 'artifactStore:\n  use: ./none.ts\n',
    files: { 'none.ts': 'export default {}\n' },
    says: `CAIRN_PLUGIN_INVALID: The plugin ./none.ts (stacks/broken.yaml:2:8) cannot be used: its default export is no plugin.
A plugin is the default export of its package, made by definePlugin({ name, components }).`,
  },
  {
    name: 'a plugin for another port',
    stack: 'orchestrator:\n  use: sqlite\n',
    says: `CAIRN_PLUGIN_INVALID: The plugin @cairnml/plugin-sqlite (stacks/broken.yaml:2:8) cannot be used: it supplies no orchestrator, only metadataStore sqlite, cacheIndex sqlite.
\`cairn orchestrator list\` shows what is installed for this place.`,
  },
  {
    name: 'a file that throws while it is loaded',
    stack: 'artifactStore:\n  use: ./throwing.ts\n',
    files: { 'throwing.ts': "throw new Error('no disk')\n" },
    says: `CAIRN_PLUGIN_INVALID: The plugin ./throwing.ts (stacks/broken.yaml:2:8) cannot be used: loading it failed: no disk (throwing.ts:1:7).
Correct it there, or install what it imports.`,
  },
  {
    name: 'a component that throws while it is created',
    stack: 'artifactStore:\n  use: ./failing.ts\n',
    files: { 'failing.ts': FAILING },
    command: RUN,
    says: `CAIRN_PLUGIN_INVALID: The plugin ./failing.ts (stacks/broken.yaml:2:8) cannot be used: creating its artifactStore failed: nobody answers (failing.ts:8:15).
Look at its options and at what it talks to; \`--debug\` shows the whole trace.`,
  },
  {
    name: 'a component that needs what another one cannot do',
    stack: 'orchestrator:\n  use: ./far.ts\n',
    files: { 'far.ts': FAR },
    says: `CAIRN_CAPABILITY_MISSING: The orchestrator (far) (stacks/broken.yaml:2:8) cannot work with the artifactStore (local), which lacks the capability remote: other machines cannot reach it.
Use another artifactStore in the stack, one that provides remote; docs/stacks.md lists the capabilities.`,
  },
]

/** Each way of breaking a stack, and all that is said then. */
export const REFUSALS: readonly Refusal[] = [...VALUES, ...FILES, ...CODE]

/** How a package is added to a project. */
export const ADD: { readonly [M in PackageManager]: string } = { npm: 'npm install', pnpm: 'pnpm add' }

/** How the command is called in a project. */
export const CAIRN: { readonly [M in PackageManager]: string } = { npm: 'npx cairn', pnpm: 'pnpm cairn' }
