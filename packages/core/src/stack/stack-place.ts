/**
 * Where a part of a stack is written, as errors show it: `stacks/ci.yaml:3:7`. The path goes from the port down:
 * `['artifactStore', 'bucket']`.
 */
export type StackPlace = (path: readonly (string | number)[], of?: 'key' | 'value') => string
