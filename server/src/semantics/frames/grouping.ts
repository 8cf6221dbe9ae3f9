import { type Data, mergeData, type Names, selectColumns } from './data.js';

/** Columns of another frame come beside those of this one. */
export function beside(data: Data, others: readonly (Data | undefined)[]): Data {
  return others.reduce<Data>(
    (all, other) => (other === undefined ? all : { ...mergeData(all, other), shape: data.shape }),
    data,
  );
}

/** Columns named by a `groupby`. */
export function grouped(data: Data, names: Names | undefined): Data {
  const keys = names?.extent === 'exact' ? [...names.known.keys()] : [];
  const known = names?.extent === 'exact' ? selectColumns(data, names).columns : new Map();
  return { ...data, shape: 'groups', keys, columns: new Map([...data.columns, ...known]) };
}
