export { PART_KIND, removePart, replaceFile } from './replace.ts'
