import { canonicalDigest } from '../encoding/canonical.ts'
import type { FileForCaching, KeyPart, StepForCaching, UrlForCaching } from './cache-policy.ts'
import { oneOrAll } from './code-key-parts.ts'

/** The parts of a key that a step declares: files, URLs, environment variables, its own key. */
export async function declaredKeyParts(
  step: StepForCaching,
  variables: readonly string[],
): Promise<readonly KeyPart[]> {
  const { options, ownKey } = step
  const declares = (list: readonly string[] | undefined): boolean => list !== undefined && list.length > 0
  // All at once: each of them waits for something else.
  const [files, urls, env, own] = await Promise.all([
    declares(options.files) ? step.files() : undefined,
    declares(options.urls) ? step.urls() : undefined,
    declares(variables) ? step.variables(variables) : undefined,
    ownKey?.(),
  ])
  return [
    ...(files === undefined ? [] : [filesPart(files)]),
    ...(urls === undefined ? [] : urlParts(urls)),
    ...(env ?? []).map(({ name, digest }) => ({ label: `env:${name}`, value: digest ?? null })),
    ...(own === undefined ? [] : [{ label: 'key', value: own }]),
  ]
}

function filesPart(files: readonly FileForCaching[]): KeyPart {
  return {
    label: 'files',
    value: canonicalDigest(
      'files',
      files.map(({ path, digest }) => [path, digest]),
    ),
    detail: files.map(({ path, digest }) => ({ label: path, identity: digest, kind: 'file' })),
  }
}

/** URLs that differ in their query alone share a part. */
function urlParts(urls: readonly UrlForCaching[]): readonly KeyPart[] {
  return [...Map.groupBy(urls, ({ url }) => url)].map(([url, found]) => ({
    label: `url:${url}`,
    value: oneOrAll(found.map(({ state }) => state)),
  }))
}
