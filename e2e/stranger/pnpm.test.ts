import { describeStrangersPath } from './strangers-path.ts'

describeStrangersPath('pnpm')
