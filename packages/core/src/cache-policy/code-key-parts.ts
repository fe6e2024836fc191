import type { CapturedValue, CodePart, KnownCode, PackageCode } from '../code-identity/code-identity.ts'
import type { KeyPart, StepForCaching } from './cache-policy.ts'

/** The parts of a key that come from code: the step's own, that of its types, what it captures, packages, platform. */
export function codeKeyParts(code: KnownCode, { options, platform }: StepForCaching): KeyPart[] {
  const parts: KeyPart[] = [{ label: 'code', value: code.digest, detail: code.parts }]
  for (const port of code.ports) parts.push({ label: `port:${port.port}`, value: port.digest, detail: port.parts })
  if (code.captured.length > 0) parts.push(...capturedParts(code.captured))
  if (code.packages.length === 0) return parts
  const ignored = options.ignore?.packages
  const packages = ignored === undefined ? code.packages : code.packages.filter(({ name }) => !ignored.includes(name))
  parts.push(...packageParts(packages))
  // Machine code of one platform may compute something else on another one.
  if (packages.some(({ isNative }) => isNative)) parts.push({ label: 'platform', value: platform })
  return parts
}

/** One name may stand for several values: a closure inside a closure has names of its own. */
function capturedParts(captured: readonly CapturedValue[]): readonly KeyPart[] {
  return [...Map.groupBy(captured, ({ name }) => name)].map(([name, values]) => ({
    label: `captured:${name}`,
    value: oneOrAll(values.map(({ digest }) => digest)),
    detail: values.flatMap(({ shown, digest }) =>
      shown === undefined ? [] : [{ label: shown, identity: digest, kind: 'value' }],
    ),
  }))
}

function packageParts(packages: readonly PackageCode[]): readonly KeyPart[] {
  return [...Map.groupBy(packages, ({ name }) => name)].map(([name, installed]) => ({
    label: `package:${name}`,
    value: oneOrAll([...new Set(installed.map(({ identity }) => identity))].toSorted()),
    detail: installed.flatMap(packageDetail),
  }))
}

function packageDetail({ name, version, identity, below }: PackageCode): readonly CodePart[] {
  return [
    { label: `${name}@${version}`, identity, kind: 'package' },
    ...below.map((label) => ({ label, identity: label, kind: 'package' })),
  ]
}

/** A single value as it is, several as a list. */
export function oneOrAll(values: readonly string[]): string | readonly string[] {
  const [first] = values
  return values.length === 1 && first !== undefined ? first : values
}
