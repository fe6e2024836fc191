import type { Place } from './place.ts'

/** Beyond this many, looking through a list costs more than an index. */
const MOST_WITHOUT_INDEX = 12

/** Places, each once, in the order in which they were added. */
export class PlaceSet {
  readonly places: Place[] = []
  #index: Set<Place> | undefined

  /** Adds a place; says whether it is new. */
  add(place: Place): boolean {
    if (this.#has(place)) return false
    this.places.push(place)
    this.#index?.add(place)
    return true
  }

  #has(place: Place): boolean {
    if (this.#index === undefined && this.places.length > MOST_WITHOUT_INDEX) this.#index = new Set(this.places)
    return this.#index?.has(place) ?? this.places.includes(place)
  }
}
