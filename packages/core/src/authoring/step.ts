import { cairnError } from '../errors/cairn-error.ts'
import { currentBuild } from '../graph/current-build.ts'
import type { Port, PortMap } from '../materializer/port.ts'
import { assertName } from '../names/name.ts'
import { nearestName } from '../names/nearest.ts'
import { definitionSite } from './call-site.ts'
import { assertDeclaration, assertParams, checkedPorts, declaredOutputs } from './declared-ports.ts'
import { attachDefinition, type StepDefinition, type StepFunction } from './definition.ts'
import { runEntrypoint } from './entrypoint.ts'
import { assertIgnored, type IgnorableNames } from './ignored-names.ts'
import type { CallOptions, StepOptions } from './options.ts'
import { checkedStepOptions } from './step-options.ts'
import { schemaNames } from './params.ts'
import type { DeclaredStep, OutputsOf, ParamsSchema, Step, StepDeclaration } from './step-types.ts'

type Given = Readonly<Record<string, unknown>>
type WithChange = StepOptions & { readonly params?: Given }

const DECLARED = ['name', 'params', 'inputs', 'output', 'outputs'] as const

/**
 * Declares a step; `.implement(function)` gives it its function and makes it usable.
 *
 * @example
 * const train = step({
 *   name: 'train',
 *   params: z.object({ gamma: z.number().default(0.001) }),
 *   inputs: { x: matrix, y: vector },
 *   output: z.number(),
 * }).implement(({ gamma, x, y }) => fit(gamma, x, y))
 *
 * @throws CAIRN_NAME_INVALID, CAIRN_PORT_TWICE, CAIRN_DECLARATION_INVALID, CAIRN_RUN_OPTION_INVALID,
 * CAIRN_RUN_OPTION_UNKNOWN, CAIRN_IGNORE_UNKNOWN
 */
export function step<
  P extends ParamsSchema | undefined = undefined,
  I extends PortMap = {},
  Out extends Port = never,
  Outs extends PortMap = {},
  const Secrets extends string = never,
>(declaration: StepDeclaration<P, I, Out, Outs, Secrets>): DeclaredStep<P, I, OutputsOf<Out, Outs>, Secrets> {
  const site = definitionSite(step)
  assertDeclaration('step()', declaration)
  assertName('step', declaration.name)
  const where = `Step "${declaration.name}"`
  const inputs = checkedPorts(where, 'input', declaration.inputs ?? {})
  assertParams(where, declaration.params, inputs)
  const base = {
    name: declaration.name,
    params: declaration.params,
    ports: { inputs, ...declaredOutputs(where, declaration) },
    options: ownOptions(where, declaration, { also: DECLARED, params: declaration.params, inputs }),
    preset: {},
    site,
  }
  return {
    implement(run): Step<P, I, OutputsOf<Out, Outs>> {
      if (typeof run !== 'function') {
        throw cairnError('CAIRN_DECLARATION_INVALID', { where, problem: 'implement() was not given a function' })
      }
      // Sound: the erased function is only called with arguments that this declaration's ports and schema produced,
      // and the returned callable checks at run time what its type promises at compile time.
      const definition: StepDefinition = { ...base, run: run as unknown as StepFunction, origin: {} }
      return stepCallable(definition) as unknown as Step<P, I, OutputsOf<Out, Outs>>
    },
  }
}

/** The function that users call, for a definition. */
export function stepCallable(definition: StepDefinition): object {
  const callable = (args?: Given, options?: CallOptions): unknown => {
    const build = currentBuild()
    if (build === undefined) throw cairnError('CAIRN_OUTSIDE_BUILD', { kind: 'step', name: definition.name })
    return build.addStep(definition, { args: args ?? {}, options: options ?? {}, below: callable })
  }
  attachDefinition(callable, definition)
  return Object.assign(callable, {
    declaration: Object.freeze({ name: definition.name }),
    with: (change: WithChange) => stepCallable(changedStep(definition, change)),
    entrypoint: (args?: Given, options?: { readonly signal?: AbortSignal }) =>
      runEntrypoint(definition, args ?? {}, options ?? {}),
  })
}

function changedStep(definition: StepDefinition, change: WithChange): StepDefinition {
  const where = `Step "${definition.name}"`
  const { params = {}, ...options } = change
  const known = definition.params === undefined ? [] : schemaNames(definition.params)
  const unknown = Object.keys(params).find((name) => known !== undefined && !known.includes(name))
  if (unknown !== undefined) {
    throw cairnError('CAIRN_PARAMETER_UNKNOWN', {
      where,
      name: unknown,
      known,
      nearest: nearestName(unknown, known ?? []),
    })
  }
  return {
    ...definition,
    options: {
      ...definition.options,
      ...ownOptions(where, options, { also: [], params: definition.params, inputs: definition.ports.inputs }),
    },
    preset: { ...definition.preset, ...params },
  }
}

function ownOptions(
  where: string,
  given: object,
  of: IgnorableNames & { readonly also: readonly string[] },
): StepOptions {
  const options = checkedStepOptions(where, given, of.also)
  assertIgnored(where, options.ignore, of)
  return options
}
