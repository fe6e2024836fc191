import { describePlugins } from './plugins-path.ts'

describePlugins('pnpm')
