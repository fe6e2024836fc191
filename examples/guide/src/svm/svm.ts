import type { Matrix } from 'cairnml'

import { type LibsvmModel, loadLibsvm } from './libsvm.ts'
import type { SvcParams } from '../steps/svc-params.ts'

/**
 * A trained support-vector classifier (C-SVC). It lives in WebAssembly memory: hold it with `using`, or call `free`;
 * after that every other call throws.
 */
export class Svm implements Disposable {
  readonly #model: LibsvmModel

  private constructor(model: LibsvmModel) {
    this.#model = model
  }

  /** Trains on one sample per row and as many labels, which are integers. Blocks while it trains. */
  static async fit(params: SvcParams, x: Matrix, y: Float64Array): Promise<Svm> {
    const libsvm = await loadLibsvm()
    const kernel = { rbf: libsvm.KERNEL_TYPES.RBF, linear: libsvm.KERNEL_TYPES.LINEAR }[params.kernel]
    const type = libsvm.SVM_TYPES.C_SVC
    const model = new libsvm({ type, kernel, gamma: params.gamma, cost: params.C, quiet: true })
    model.train(rows(x), y)
    return new Svm(model)
  }

  /** Reads what `serialize` wrote, or any model file of libsvm; throws when the text is not one. */
  static async load(text: string): Promise<Svm> {
    const libsvm = await loadLibsvm()
    const model = libsvm.load(text)
    if (!model.model) throw new Error('The text is not a libsvm model.')
    return new Svm(model)
  }

  /** The label of each row. */
  predict(x: Matrix): Float64Array {
    return Float64Array.from(this.#held().predict(rows(x)))
  }

  /** How many training samples the model keeps. */
  get supportVectors(): number {
    return this.#held().getSVIndices().length
  }

  /** The model in libsvm's text format: the same text for the same training. */
  serialize(): string {
    return this.#held().serializeModel()
  }

  /** Gives the memory back; a second call does nothing. */
  free(): void {
    this.#model.free()
  }

  [Symbol.dispose](): void {
    this.free()
  }

  /** libsvm reads from address 0 when it is asked about a model that is gone. */
  #held(): LibsvmModel {
    if (this.#model.model === null) throw new Error('The memory of this classifier was given back.')
    return this.#model
  }
}

function rows({ shape, data }: Matrix): Float64Array[] {
  const [count, width] = shape
  return Array.from({ length: count }, (_, row) => data.subarray(row * width, (row + 1) * width))
}
