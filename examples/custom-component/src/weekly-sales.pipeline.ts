import { pipeline, step } from 'cairnml'
import { z } from 'zod'

const asOf = z.iso.date()
const order = z.object({ product: z.string(), cents: z.int() })
type Order = z.infer<typeof order>

const WEEK_MS = 7 * 86_400_000
const PRODUCTS = ['chair', 'desk', 'lamp']

/** Orders as a shop would give them, made up from the number of the week. */
export const orders = step({ name: 'orders', params: z.object({ asOf }), output: z.array(order) }).implement(
  (params) => {
    const week = Math.floor((Date.parse(params.asOf) + 3 * 86_400_000) / WEEK_MS)
    return Array.from({ length: 3000 }, (_, at): Order => {
      return { product: PRODUCTS[(at * 7 + week) % 3] ?? 'desk', cents: 500 + ((at * week) % 997) }
    })
  },
)

/** What was earned with each product. */
export const totals = step({
  name: 'totals',
  inputs: { orders: z.array(order) },
  output: z.record(z.string(), z.int()),
}).implement(({ orders: given }) => {
  const sums: Record<string, number> = {}
  for (const { product, cents } of given) sums[product] = (sums[product] ?? 0) + cents
  return sums
})

/** The product that earned most. */
export const best = step({
  name: 'best',
  inputs: { totals: z.record(z.string(), z.int()) },
  output: z.string(),
}).implement(({ totals: sums }) => Object.keys(sums).toSorted((a, b) => (sums[b] ?? 0) - (sums[a] ?? 0))[0] ?? 'none')

/** Finds the best product of the week that a day belongs to. */
export const weeklySales = pipeline({
  name: 'weekly_sales',
  params: z.object({ asOf }),
  build: (params) => best({ totals: totals({ orders: orders(params) }) }),
})
