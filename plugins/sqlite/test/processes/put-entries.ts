// Puts an entry under each of some keys, as other processes do, and prints which entry is there.
import { entry } from '../records.ts'
import { indexIn } from '../stores.ts'

const [project = '', name = '', keys = ''] = process.argv.slice(2)
await using index = indexIn(project)
for (let i = 0; i < Number(keys); i++) {
  const lease = await index.acquire(`lease-${i}`, name)
  const { id } = await index.put(`key-${i}`, entry(`key-${i}`, name))
  await index.put('shared', entry('shared', `${name}-${i}`), { seen: (await index.get('shared'))[0]?.id })
  const fence = 'busy' in lease ? 0 : lease.fence
  process.stdout.write(`key-${i} ${id} ${fence}\n`)
}
