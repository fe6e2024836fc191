/** What stands before a host in a URL; `git@` is no secret. */
const OF_URL = /(?<=\/\/)(?!git@)[^\s/@]+(?=@)/g
const OF_SETTING = /(?<=\b_?(?:authToken|auth|password)["']?\s*[=:]\s*["']?)[^\s"']+/gi
const OF_HEADER = /(?<=\b(?:Bearer|Basic) )[\w.~+/=-]{6,}/g
const OF_NPM = /\bnpm_[A-Za-z0-9]{20,}\b/g

/** A text of a package manager, with `***` in the place of the passwords and tokens by which registries are used. */
export function hideCredentials(text: string): string {
  return [OF_URL, OF_SETTING, OF_HEADER, OF_NPM].reduce((hidden, pattern) => hidden.replace(pattern, '***'), text)
}
