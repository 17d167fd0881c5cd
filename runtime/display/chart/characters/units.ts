/** In pixels of Vega: what a character takes of the chart, about as tall to its width as terminals draw it. */
export const cellWidth = 8;
export const cellHeight = 16;

/** For each character, the parts of which blocks are made: eighths, both ways. */
export const parts = 8;

/** The number of the cell that a place in pixels is in. Sums of fractions are a little less than what they should be. */
export const cellOf = (pixels: number, size: number): number => Math.floor((pixels + 0.01) / size);
