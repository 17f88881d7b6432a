/** The row of a statement that always gives one, such as `insert … returning`. Throws when it gave none. */
export function onlyRow<Row>(rows: readonly Row[]): Row {
  const [row] = rows;
  if (row === undefined) throw new Error('the statement gave no row');
  return row;
}
