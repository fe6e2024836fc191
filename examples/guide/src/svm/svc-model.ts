import { materializer } from 'cairnml'

/**
 * A trained classifier as a plain value: the model in libsvm's text format. It holds no WebAssembly memory, so it can
 * be passed around, compared and dropped; `Svm.load(model.text)` makes it work again.
 */
export interface SvcModel {
  readonly text: string
  readonly kernel: string
  readonly gamma: number | null
  readonly supportVectors: number
  readonly classes: number
}

/** Reads the facts of a model off the header of its text; throws when the text is not a classifier of libsvm. */
export function svcModelOf(text: string): SvcModel {
  const { svm_type, kernel_type, gamma, total_sv, nr_class } = headerOf(text)
  if (svm_type !== 'c_svc' || kernel_type === undefined) throw new TypeError('the text is not a C-SVC of libsvm')
  return {
    text,
    kernel: kernel_type,
    gamma: gamma === undefined ? null : Number(gamma),
    supportVectors: Number(total_sv),
    classes: Number(nr_class),
  }
}

/** Stores a classifier as `model.txt`, which libsvm's own `svm-predict` reads too. */
export const svcModel = materializer<SvcModel>({
  name: 'svc-model',
  version: 1,
  write: (model, files) => files.write('model.txt', model.text),
  read: async (files) => svcModelOf(await files.text('model.txt')),
  metadata: ({ kernel, gamma, supportVectors, classes }) => ({ kernel, gamma, supportVectors, classes }),
  preview: ({ kernel, supportVectors, classes }) => ({
    kind: 'text',
    text: `SVC with a kernel of kind ${kernel}: ${supportVectors} support vectors, ${classes} classes`,
  }),
})

/** The lines before `SV`, each a name and a value. */
function headerOf(text: string): Readonly<Record<string, string | undefined>> {
  const lines = text.slice(0, text.indexOf('\nSV')).split('\n')
  return Object.fromEntries(lines.map((line) => [line.split(' ', 1)[0], line.slice(line.indexOf(' ') + 1)]))
}
