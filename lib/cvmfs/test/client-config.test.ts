import { existsSync, readFileSync, readdirSync } from 'node:fs'
import path from 'node:path'

import { describe, expect, test } from '@jest/globals'

import { serverBase, serversInConfig } from '../index.ts'

const FQRN = 'neurodesk.ardc.edu.au'

describe('client configuration', () => {
  test('a setting with several servers, quoted in either way or not at all', () => {
    const text = [
      'CVMFS_USE_GEOAPI=yes',
      'CVMFS_SERVER_URL="http://a.example.org:8080/cvmfs/@fqrn@;http://b.example.org/cvmfs/@fqrn@"',
      "export CVMFS_SERVER_URL='http://c.example.org/cvmfs/neurodesk.ardc.edu.au/'",
      'CVMFS_SERVER_URL=http://d.example.org/cvmfs/@fqrn@',
      '# CVMFS_SERVER_URL=http://old.example.org/cvmfs/@fqrn@'
    ].join('\n')
    expect(serversInConfig(text, FQRN)).toEqual([
      `http://a.example.org:8080/cvmfs/${FQRN}`,
      `http://b.example.org/cvmfs/${FQRN}`,
      `http://c.example.org/cvmfs/${FQRN}`,
      `http://d.example.org/cvmfs/${FQRN}`
    ])
  })

  test('bare lines, and lists in shell files', () => {
    const text = [
      '#!/bin/bash',
      '# see https://www.example.org/docs',
      'servers=(',
      '  "http://a.example.org"   # Brisbane',
      "  'http://b.example.org:8000'",
      ')',
      'for s in http://c.example.org http://a.example.org; do',
      '  curl -s "http://d.example.org:8000/cvmfs/${FQRN}/.cvmfspublished"',
      'done',
      'wget https://ecsft.example.org/cvmfs-release-latest_all.deb',
      'http://e.example.org/cvmfs/other.example.org'
    ].join('\r\n')
    expect(serversInConfig(text, FQRN)).toEqual(
      ['a.example.org', 'b.example.org:8000', 'c.example.org'].map((host) => `http://${host}/cvmfs/${FQRN}`)
    )
  })

  test('a pool over several lines, and what only looks like a server', () => {
    const text = [
      '#   POOL   whitespace-separated http://host[:port] list',
      'POOL="',
      'http://a.example.org',
      'http://b.example.org:8000',
      '"',
      'FALLBACK_SERVER_URL="http://a.example.org/cvmfs/@fqrn@;http://c.example.org/cvmfs/@fqrn@"',
      'CVMFS_SERVER_URL="${server_url}"',
      'local url="${base}/cvmfs/${REPO_FQRN}/data/${hash:0:2}/${hash:2}C"',
      'entry="http://$host/cvmfs/@fqrn@"'
    ].join('\n')
    expect(serversInConfig(text, FQRN)).toEqual(
      ['a.example.org', 'b.example.org:8000', 'c.example.org'].map((host) => `http://${host}/cvmfs/${FQRN}`)
    )
  })

  const folder = path.resolve(import.meta.dirname, '../../../../shared/fixtures/neurodesk-2025/cvmfs')
  const there = existsSync(folder)
  if (!there) console.log("skipped: NeuroDesk's client configuration is not there")
  ;(there ? test : test.skip)("NeuroDesk's files of 2025 name 18 servers", () => {
    const all = new Set(
      readdirSync(folder).flatMap((name) =>
        serversInConfig(readFileSync(path.join(folder, name), 'utf8'), FQRN)
      )
    )
    expect(all.size).toBe(18)
    expect(all).toContain(`http://cvmfs01.nikhef.nl:8000/cvmfs/${FQRN}`)
    expect(all).toContain(`http://s1osggoc-cvmfs.openhtc.io:8080/cvmfs/${FQRN}`)
  })
})

describe('a server as a person names it', () => {
  test.each([
    ['cvmfs.example.org', `http://cvmfs.example.org/cvmfs/${FQRN}`],
    ['cvmfs.example.org:8000', `http://cvmfs.example.org:8000/cvmfs/${FQRN}`],
    ['CVMFS.Example.org', `http://cvmfs.example.org/cvmfs/${FQRN}`],
    ['http://cvmfs.example.org:80/', `http://cvmfs.example.org/cvmfs/${FQRN}`],
    ['https://cvmfs.example.org/cvmfs', `https://cvmfs.example.org/cvmfs/${FQRN}`],
    ['http://a.example.org/elsewhere/@fqrn@', `http://a.example.org/elsewhere/${FQRN}`],
    ['http://a.example.org/cvmfs/@org@.ardc.edu.au', `http://a.example.org/cvmfs/${FQRN}`],
    ['[::1]:8000', `http://[::1]:8000/cvmfs/${FQRN}`],
    ['127.0.0.1:8000', `http://127.0.0.1:8000/cvmfs/${FQRN}`]
  ])('%s', (given, base) => {
    expect(serverBase(given, FQRN)).toBe(base)
  })

  test.each([
    '',
    'a b',
    'ftp://a.example.org',
    'http://user:pass@a.example.org',
    'http://a.example.org/cvmfs/other.example.org',
    `http://a.example.org/${FQRN}?x=1`,
    'http://a.example.org:99999',
    'a.example.org/../../etc',
    'http://a.example.org/cvmfs/%2e%2e/x',
    'x'.repeat(600)
  ])('refuses %.60s', (given) => {
    expect(serverBase(given, FQRN)).toBeUndefined()
  })
})
