import { describeStrangersScript } from './strangers-script.ts'

describeStrangersScript('pnpm')
