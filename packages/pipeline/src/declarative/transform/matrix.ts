/** The cells of a matrix. */
import type { Axis, Matrix, ModelValue } from '../model.ts';
import { literalText } from '../validate/types.ts';

export type Cell = readonly (readonly [name: string, value: string])[];

/** Every combination of the axes' values, the first axis changing fastest, less those excluded. */
export function matrixCells(matrix: Matrix): Cell[] {
  let cells: Cell[] = [[]];
  for (const axis of matrix.axes?.axes ?? []) {
    const before = cells;
    cells = [];
    for (const value of valuesOf(axis)) for (const cell of before) cells.push([...cell, [axis.name?.name ?? '', value]]);
  }
  for (const exclude of matrix.excludes?.excludes ?? []) {
    cells = cells.filter(
      (cell) =>
        !exclude.axes.every((axis) => {
          const value = cell.find(([name]) => name === axis.name?.name)?.[1];
          return (value !== undefined && valuesOf(axis).includes(value)) !== axis.inverse;
        }),
    );
  }
  return cells;
}

export const cellName = (cell: Cell): string => `Matrix - ${cell.map(([name, value]) => `${name} = '${value}'`).join(', ')}`;

function valuesOf(axis: Axis): string[] {
  return axis.values.filter((v): v is ModelValue => v.kind === 'Value').map((v) => (v.literal === null ? v.source : literalText(v.literal)));
}
