import { readFileSync } from 'node:fs'
import type { LoadFnOutput, LoadHookContext, LoadHookSync } from 'node:module'
import { extname } from 'node:path'

import { hasModuleSyntax, needsCompiler } from '../syntax/needs-compiler.ts'
import type { MakeError } from '../transform/refused-file.ts'
import type { SourceText } from '../transform/transform-source.ts'
import { transformPart } from './lazy-parts.ts'
import { projectFile } from './project-file.ts'

const STRIPPED = new Set(['.ts', '.mts', '.cts'])
const WITH_JSX = new Set(['.tsx', '.jsx'])
/** How Node says that it cannot strip types, where it has to look into the text to know which kind of module it is. */
const UNSUPPORTED = 'ERR_UNSUPPORTED_TYPESCRIPT_SYNTAX'

/** The hook that loads as Node does, and compiles what Node would refuse. */
export function loadHook(makeError: MakeError): LoadHookSync {
  return (url, context, nextLoad) => {
    const file = projectFile(url)
    if (file === undefined) return nextLoad(url, context)
    const extension = extname(file)
    const compile = (text: () => string, isModule = false): LoadFnOutput =>
      compiled({ file, text: text(), isModule, makeError })
    if (extension === '.json' && isPlainJsonImport(context)) {
      return { format: 'module', source: transformPart().jsonModule(file, makeError), shortCircuit: true }
    }
    if (WITH_JSX.has(extension)) return compile(() => textOf(readFileSync(file)))
    return STRIPPED.has(extension)
      ? loadTypeScript(file, compile, () => nextLoad(url, context))
      : nextLoad(url, context)
  }
}

type Compile = (text: () => string, isModule?: boolean) => LoadFnOutput

function loadTypeScript(file: string, compile: Compile, next: () => LoadFnOutput): LoadFnOutput {
  let loaded: LoadFnOutput
  try {
    loaded = next()
  } catch (error) {
    if (!(error instanceof Error && 'code' in error && error.code === UNSUPPORTED)) throw error
    return compile(() => textOf(readFileSync(file)))
  }
  const { format, source } = loaded
  if (format?.endsWith('-typescript') !== true || source === undefined || source === null) return loaded
  const text = textOf(source)
  if (needsCompiler(text)) return compile(() => text, format === 'module-typescript')
  // A package that says "commonjs" may still be written in modules.
  const isModule = format === 'commonjs-typescript' && !file.endsWith('.cts') && hasModuleSyntax(text)
  return isModule ? { ...loaded, format: 'module-typescript' } : loaded
}

interface CompileOptions extends Pick<SourceText, 'file' | 'text' | 'makeError'> {
  readonly isModule: boolean
}

function compiled({ file, text, isModule, makeError }: CompileOptions): LoadFnOutput {
  const isCommonJs = !isModule && (file.endsWith('.cts') || !hasModuleSyntax(text))
  const source = transformPart().transformSource({ file, text, isCommonJs, makeError })
  return { format: isCommonJs ? 'commonjs' : 'module', source, shortCircuit: true }
}

/** An `import` of JSON without `with { type: 'json' }`; `require` has no attributes. */
function isPlainJsonImport({ importAttributes }: LoadHookContext): boolean {
  return (importAttributes as object | undefined) !== undefined && importAttributes['type'] !== 'json'
}

function textOf(source: NonNullable<LoadFnOutput['source']>): string {
  return typeof source === 'string' ? source : new TextDecoder().decode(source)
}
