/** @satisfies {Record<string, import('../speech.js').Word>} */
export const words = {
  table: { en: 'The numbers as a table', zh: '以表格查看数字' },
  of: { en: 'Table: {name}', zh: '表格：{name}' },
};
