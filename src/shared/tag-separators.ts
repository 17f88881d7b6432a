/** What parts tags in one cell, as people and Google write them. An export quotes a tag that holds one of these. */
export const tagSeparators = /[;,]|:::/;
