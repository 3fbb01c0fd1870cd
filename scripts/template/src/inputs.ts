import { common, entries, type InputsOf } from '../../../lib/action/index.ts'

export const inputs = {
  urls: {
    ...entries({
      keys: ['status'],
      allowed: 'an http(s) URL',
      refuse: ({ value, attributes }) => [
        ...(/^https?:\/\/[^\s]+$/.test(value) ? [] : ['an http(s) URL']),
        ...(/^[1-5]\d\d$/.test(attributes['status'] ?? '200') ? [] : ['status=… from 100 to 599'])
      ]
    }),
    // Required: there is nothing to check without it.
    default: undefined
  },
  'dry-run': common['dry-run'],
  'report-path': common['report-path']
}

export type Inputs = InputsOf<typeof inputs>
