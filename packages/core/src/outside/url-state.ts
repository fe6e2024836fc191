import { createHash } from 'node:crypto'

const TIMEOUT_MS = 30_000

/** A URL as messages, records and keys show it: without user name, password, query and fragment. */
export function shownUrl(url: string): string {
  const { origin, pathname } = new URL(url)
  return `${origin}${pathname}`
}

/** How long a server may take. */
export interface UrlLook {
  /** For each of the at most two requests, body included. @default 30000 */
  readonly timeoutMs?: number | undefined
  /** Ends it early. */
  readonly signal?: AbortSignal | undefined
}

/**
 * What is at a URL now: `etag:...`, else `modified:...` (the time of the last modification), else `sha256:...` of the
 * body. The body is read only where the server tells neither.
 *
 * @throws an Error whose message is one clause: `it answers with status 404`; it has the `status`, if there was an answer
 */
export async function urlState(url: string, look: UrlLook = {}): Promise<string> {
  const { href, headers } = requestOf(url)
  const ask = (method: string): Promise<Response> => request(href, { ...look, method, headers })
  const head = await ask('HEAD')
  await head.body?.cancel()
  // A server may not know HEAD; what it says of the document itself counts.
  const told = head.ok ? validatorOf(head.headers) : undefined
  if (told !== undefined) return told
  const full = await ask('GET')
  const validator = full.ok ? validatorOf(full.headers) : undefined
  if (validator !== undefined || !full.ok) await full.body?.cancel()
  if (!full.ok) throw Object.assign(new Error(`it answers with status ${full.status}`), { status: full.status })
  return validator ?? `sha256:${await digestOf(full)}`
}

/** `fetch` takes no user name and password in a URL. */
function requestOf(url: string): { readonly href: string; readonly headers: Headers } {
  const target = new URL(url)
  const headers = new Headers()
  if (target.username !== '' || target.password !== '') {
    const credentials = `${decodeURIComponent(target.username)}:${decodeURIComponent(target.password)}`
    headers.set('authorization', `Basic ${Buffer.from(credentials).toString('base64')}`)
    target.username = ''
    target.password = ''
  }
  return { href: target.href, headers }
}

async function request(
  href: string,
  how: UrlLook & { readonly method: string; readonly headers: Headers },
): Promise<Response> {
  const { method, headers, timeoutMs = TIMEOUT_MS } = how
  const timeout = AbortSignal.timeout(timeoutMs)
  const signal = how.signal === undefined ? timeout : AbortSignal.any([timeout, how.signal])
  try {
    return await fetch(href, { method, headers, signal })
  } catch (error) {
    throw failure(error, timeoutMs)
  }
}

/** The text of an error of `fetch` may hold the whole URL; its cause tells what is wrong by a code. */
function failure(error: unknown, timeoutMs: number): Error {
  const isTimeout = error instanceof Error && error.name === 'TimeoutError'
  if (isTimeout) return new Error(`there is no answer within ${timeoutMs / 1000} s`, { cause: error })
  const cause: unknown = error instanceof Error ? error.cause : undefined
  const code = cause instanceof Error && 'code' in cause ? ` (${String(cause.code)})` : ''
  return new Error(`it cannot be reached${code}`, { cause: error })
}

function validatorOf(headers: Headers): string | undefined {
  const etag = headers.get('etag')
  if (etag !== null && etag !== '') return `etag:${etag}`
  const modified = headers.get('last-modified')
  return modified === null || modified === '' ? undefined : `modified:${modified}`
}

async function digestOf({ body }: Response): Promise<string> {
  const digest = createHash('sha256')
  try {
    for await (const chunk of body ?? []) digest.update(chunk as Uint8Array)
  } catch (error) {
    throw new Error('its answer ends early', { cause: error })
  }
  return digest.digest('hex')
}
