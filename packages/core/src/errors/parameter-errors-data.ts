/** One refused value: where in the parameters, why, and what it was. */
export interface ParameterIssue {
  readonly path: string
  readonly message: string
  readonly value: string
}

const issueLine = (issue: ParameterIssue): string =>
  `${issue.path === '' ? 'the parameters' : `"${issue.path}"`} ${issue.message} (was ${issue.value})`

const knownNames = (known: readonly string[] | undefined): string => {
  if (known === undefined) return ''
  return known.length === 0 ? ' It has none.' : ` It has: ${known.join(', ')}.`
}

/** Faults in parameters and in plain data. */
export const PARAMETER_ERRORS = {
  CAIRN_PARAMETER_INVALID: {
    message: (d: { readonly where: string; readonly issues: readonly ParameterIssue[] }): string =>
      `${d.where} was given parameters that its schema refuses: ${d.issues.map(issueLine).join('; ')}.`,
    hint: 'Nothing was run or recorded. Correct the value and start again.',
  },
  CAIRN_PARAMETER_UNKNOWN: {
    message: (d: {
      readonly where: string
      readonly name: string
      readonly nearest?: string | undefined
      /** The names that there are, where the schema tells them. */
      readonly known?: readonly string[] | undefined
    }): string => {
      const nearest = d.nearest === undefined ? '' : ` Did you mean "${d.nearest}"?`
      return `${d.where} has no parameter "${d.name}".${nearest}${knownNames(d.known)}`
    },
    hint: 'The parameters are those of the declared params schema.',
  },
  CAIRN_PARAMETER_SYNTAX: {
    message: (d: {
      readonly given: string
      /** Whether it is one of a step. */
      readonly isOfStep?: boolean | undefined
    }): string =>
      `The parameter ${JSON.stringify(d.given)} is not ${d.isOfStep === true ? 'STEP.NAME=VALUE' : 'NAME=VALUE'}.`,
    hint: (d: { readonly isOfStep?: boolean | undefined }): string =>
      `Write ${
        d.isOfStep === true ? '--step-param train.gamma=0.01' : '--param gamma=0.01'
      }. The value is read as JSON, and as text where the schema refuses that.`,
  },
  CAIRN_SWEEP_VALUES: {
    message: (d: { readonly given: string; readonly problem: string }): string =>
      `The values of ${JSON.stringify(d.given)} cannot be read: ${d.problem}.`,
    hint: 'Write gamma=0.1,0.2, a JSON list, a range 0.1..0.5:0.1 (a step) or log:1e-3..1e-1:3 (how many). Nothing was run.',
  },
  CAIRN_SWEEP_REFUSED: {
    message: (d: {
      readonly combination: string
      readonly problem: string
      /** How many combinations are refused, of how many. */
      readonly refused: number
      readonly of: number
    }): string =>
      `The combination ${d.combination} of the sweep is refused: ${d.problem}. Refused combinations: ${d.refused} of ${d.of}.`,
    hint: 'Correct the values and start again. Nothing was run or recorded.',
  },
  CAIRN_SCHEMA_ASYNC: {
    message: (d: { readonly where: string }): string => `The schema of ${d.where} answers with a promise.`,
    hint: 'Schemas must check synchronously. Move the asynchronous part into a step.',
  },
  CAIRN_VALUE_NOT_PLAIN: {
    message: (d: { readonly where: string; readonly path: string; readonly found: string }): string =>
      `${d.where} holds ${d.found}${d.path === '' ? '' : ` at "${d.path}"`}, which is not plain data.`,
    hint: 'Plain data is null, booleans, numbers, strings, bigints, Dates, byte arrays, arrays and plain objects.',
  },
}
