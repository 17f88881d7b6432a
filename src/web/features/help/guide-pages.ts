/** The pages of docs/guia, as they are in the repository, by their file’s name. */
const texts = import.meta.glob<string>('../../../../docs/guia/*.md', { eager: true, query: '?raw', import: 'default' });
const pictures = import.meta.glob<string>('../../../../docs/guia/imagens/*.webp', {
  eager: true,
  query: '?url',
  import: 'default',
});

const folder = '../../../../docs/guia/';

/** @returns the text of a page, in Markdown; undefined without such a page */
export const findGuidePage = (name: string): string | undefined => texts[`${folder}${name}.md`];

/** @returns where a picture of the guide is served; `path` is relative to the page, such as `imagens/agenda.webp` */
export const findPicture = (path: string): string | undefined => pictures[`${folder}${path}`];
