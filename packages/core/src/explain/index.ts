export { externalFiles } from './external-files.ts'
export { changesText, changeText } from './change-text.ts'
export { compareKeyTrees } from './compare-key-trees.ts'
export { EarlierEntries, type EarlierEntry, type EntrySearch } from './earlier-entries.ts'
export {
  CHANGE_KINDS,
  type ChangeKind,
  type ChangeWay,
  type InputSource,
  type ItemChange,
  type KeyChange,
} from './key-change.ts'
export { outputText } from './output-text.ts'
export { reasonText, type ReasonFacts } from './reason-text.ts'
export { REFUSAL_KINDS, type RefusalKind } from './refusal-kinds-data.ts'
export { printable } from './value-text.ts'
export { refusalOf, refusalPage, type Refusal } from './refusal.ts'
