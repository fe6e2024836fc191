// Writes batches of step runs for ever and prints the number of each that was acknowledged.
import { insert, stepRun } from '../records.ts'
import { metadataIn } from '../stores.ts'

const [project = '', run = '', size = ''] = process.argv.slice(2)
const store = metadataIn(project)
for (let batch = 0; ; batch++) {
  const names = Array.from({ length: Number(size) }, (_, i) => `${batch}-${i}`)
  await store.write(names.map((name) => insert('stepRun', stepRun(run, name, { params: { note: 'x'.repeat(200) } }))))
  process.stdout.write(`${batch}\n`)
}
