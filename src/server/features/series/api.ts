// Series, for whoever hands over what a professional has.

export { returnSeries } from './hand-over.ts';
