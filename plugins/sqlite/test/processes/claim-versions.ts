// Claims versions of one pipeline against other processes and prints those that it got.
import { isCairnError } from '@cairnml/core'

import { insert, stepRun, version } from '../records.ts'
import { metadataIn } from '../stores.ts'

const [project = '', name = '', count = ''] = process.argv.slice(2)
await using store = metadataIn(project)
let claimed = 0
while (claimed < Number(count)) {
  const newest = { orderBy: { field: 'version', direction: 'desc' }, limit: 1 } as const
  const { items } = await store.query('pipelineVersion', newest)
  const next = (items[0]?.version ?? 0) + 1
  try {
    const steps = [0, 1, 2].map((i) => insert('stepRun', stepRun(name, `v${next}-${i}`)))
    await store.write([...steps, insert('pipelineVersion', version('train', next))])
    process.stdout.write(`${next}\n`)
    claimed++
  } catch (error) {
    if (!isCairnError(error, 'CAIRN_RECORD_CONFLICT')) throw error
  }
}
