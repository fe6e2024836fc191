import { assertObjectKey, type ObjectInfo } from 'cairnml/plugin'
import { parseXml, XmlElement } from '@rgrove/parse-xml'

/** A page of a list. */
export interface BlobList {
  readonly objects: readonly ObjectInfo[]
  /** Where the next page begins; empty for the last. */
  readonly next: string
}

/** Reads the XML of a page. Blobs that Cairn could not have put there are left out. */
export function readBlobList(xml: string): BlobList {
  const { root } = parseXml(xml)
  const blobs = root === null ? [] : (child(root, 'Blobs')?.children ?? [])
  const objects = blobs
    .filter((node) => node instanceof XmlElement)
    .flatMap((blob) => {
      const properties = child(blob, 'Properties')
      const key = child(blob, 'Name')?.text ?? ''
      if (properties === undefined || !isObjectKey(key)) return []
      const size = Number(child(properties, 'Content-Length')?.text)
      return [{ key, size, lastModifiedMs: Date.parse(child(properties, 'Last-Modified')?.text ?? '') }]
    })
  return { objects, next: root === null ? '' : (child(root, 'NextMarker')?.text ?? '') }
}

function child(of: XmlElement, name: string): XmlElement | undefined {
  return of.children.filter((node) => node instanceof XmlElement).find((element) => element.name === name)
}

function isObjectKey(key: string): boolean {
  try {
    assertObjectKey(key)
    return true
  } catch {
    return false
  }
}
