/** A list that fits on one page, as it travels. */
export const wholeList = <Item>(items: Item[]) => ({
  items,
  nextCursor: null,
  total: { value: items.length, relation: 'eq' as const },
});
