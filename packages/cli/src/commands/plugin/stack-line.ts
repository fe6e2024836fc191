import type { PortName } from '@cairnml/core'

/** How a stack file uses a component, in one line. */
export function stackLine(port: PortName, use: string): string {
  const written = /^[A-Za-z][\w-]*$/.test(use) ? use : `'${use}'`
  return port === 'cacheIndex'
    ? `cachePolicy: { use: content, index: { use: ${written} } }`
    : `${port}: { use: ${written} }`
}
