/** An input of the action, which is a flag of the command by the same name. */
export interface InputEntry {
  readonly name: string
  /** What it is when not given. */
  readonly default: string
  /** One or more items, one a line; as a flag it may be repeated. */
  readonly list?: true
  /** The flag alone means true. */
  readonly switch?: true
  /** One letter for the flag, where cosign has it. */
  readonly short?: string
  /** Another name of the flag, which another tool has for it. */
  readonly also?: string
  /** Never shown. */
  readonly secret?: true
  /** Only the action has it by default: the command writes files when asked. */
  readonly commandDefault?: string
  readonly description: string
}
