/** Each item once: several rules that ask the same key about the same image found the same signature. */
export function distinct<Item>(items: readonly Item[]): readonly Item[] {
  return [...new Map(items.map((item) => [JSON.stringify(item), item])).values()]
}
