import { describeStrangersScript } from './strangers-script.ts'

describeStrangersScript('npm')
