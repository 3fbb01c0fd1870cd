/** What a release's text remembers of its announcement, unseen by readers. Pure. */

/** A post was about to be made; a run that ends here leaves it open whether it was. */
const INTENT = /<!-- neurodesk-ci:announcing key=([0-9a-f]{64}) at=(\S+) -->\n?/
const DONE = /<!-- neurodesk-ci:announced key=([0-9a-f]{64}) url=(\S+) -->\n?/

export interface AnnouncementMarks {
  readonly intent: { readonly key: string; readonly at: string } | undefined
  /** Address of the post. */
  readonly done: { readonly key: string; readonly url: string } | undefined
}

export function readAnnouncement(body: string, key: string): AnnouncementMarks {
  const [intent, done] = [INTENT.exec(body), DONE.exec(body)]
  return {
    intent: intent?.[1] === key ? { key, at: intent[2] ?? '' } : undefined,
    done: done?.[1] === key ? { key, url: done[2] ?? '' } : undefined
  }
}

export function withIntent(body: string, key: string, at: string): string {
  return append(body.replace(INTENT, ''), `<!-- neurodesk-ci:announcing key=${key} at=${at} -->`)
}

/** The address comes from the instance: only what cannot end the comment is taken in. */
export function withDone(body: string, key: string, url: string): string {
  const plain = url.replace(/[\s<>]/g, '').replaceAll('--', '%2D%2D')
  return append(
    body.replace(INTENT, '').replace(DONE, ''),
    `<!-- neurodesk-ci:announced key=${key} url=${plain} -->`
  )
}

function append(body: string, mark: string): string {
  return `${body.trimEnd()}\n${mark}\n`
}
