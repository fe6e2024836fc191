export { arrowTable } from './arrow-table.ts'
export { parquetTable } from './parquet-table.ts'
