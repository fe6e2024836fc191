/** What a project needs besides Cairn, with the versions that it is tested with. */
export const NEEDED: { readonly dependencies: Packages; readonly devDependencies: Packages } = {
  dependencies: { zod: '^4.6.7' },
  devDependencies: { '@types/node': '^24.19.2', typescript: '^7.0.2' },
}

/** Versions by name of a package. */
type Packages = Readonly<Record<string, string>>

/** Node takes the types out of a file as it runs: what this configuration accepts, Node accepts. */
export const TSCONFIG = `{
  "compilerOptions": {
    "target": "es2024",
    "module": "nodenext",
    "types": ["node"],
    "strict": true,
    "noEmit": true,
    "skipLibCheck": true,
    "allowImportingTsExtensions": true,
    "erasableSyntaxOnly": true,
    "verbatimModuleSyntax": true
  }
}
`

/** The first pipeline. */
export const FIRST_PIPELINE = `import { pipeline, step } from 'cairnml'
import { z } from 'zod'

const greet = step({ name: 'greet', params: z.object({ name: z.string() }), output: z.string() }).implement(
  ({ name }) => \`Hello, \${name}!\`,
)

const countLetters = step({
  name: 'count_letters',
  inputs: { greeting: z.string() },
  output: z.number(),
}).implement(({ greeting }, { log }) => {
  const letters = greeting.replaceAll(/\\P{L}/gu, '').length
  log.info(\`"\${greeting}" has \${letters} letters.\`)
  return letters
})

export const hello = pipeline({
  name: 'hello',
  params: z.object({ name: z.string().default('world') }),
  build: ({ name }) => countLetters({ greeting: greet({ name }) }),
})
`

/**
 * The `cairn.yaml` of a new project.
 *
 * @param extension of the files of pipelines
 */
export function projectFile(extension: string): string {
  return `# yaml-language-server: $schema=./node_modules/cairnml/schema/cairn.json

# \`cairn run hello\` finds a pipeline by its name in these files.
pipelines:
  - src/**/*.pipeline.${extension}

# Variables for steps, such as the values of their secrets. Keep the file out of version control.
# envFile: .env

# What a step that reads from outside and declares nothing means: warn (the default), error or off.
# undeclared: error

# How much of something steps may use at a time, and how much may start in a minute.
# limits:
#   openai: 8
#   openai/min: 500
`
}
