/** The sections of NeuroDesk's release history, in its order. */
export const SECTIONS = ['New Features', 'Improvements', 'Bug Fixes', 'Removed'] as const
export type Section = (typeof SECTIONS)[number]
