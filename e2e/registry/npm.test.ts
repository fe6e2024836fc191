import { setTimeout } from 'node:timers/promises'

import { expect, it } from 'vitest'

import { describePlugins } from './plugins-path.ts'

describePlugins('npm', (current) => {
  // Nothing is read-only for the superuser.
  it.skipIf(process.getuid?.() === 0)('are not added to a package.json that is read-only', async () => {
    const project = current()
    const before = project.read('package.json')
    await project.types('chmod 444 package.json')
    const { code, stderr } = await project.shell('cairn plugin add sqlite')
    await project.types('chmod 644 package.json')
    expect({ code, stderr }).toEqual({ code: 2, stderr: expect.stringContaining('it may not write where it has to') })
    expect(project.read('package.json')).toBe(before)
  })

  it('are not added where the command is stopped in the midst, and can be added after', async () => {
    const project = current()
    const before = project.named
    const { process: adding, ended } = project.starts('exec node node_modules/.bin/cairn plugin add slow')
    while (!project.exists('scripts-began')) await setTimeout(50)
    adding.kill('SIGTERM')

    expect(await ended).toMatchObject({
      code: 143,
      stderr: expect.stringMatching(/^CAIRN_PACKAGE_MANAGER_FAILED: .*it was ended by SIGTERM/m) as string,
    })
    expect(project.named).toEqual(before)
    expect(await project.types('cairn plugin add works')).toMatch(/^Added cairnml-plugin-works /)
  })
})
