// What a browser is sent beside the scripts: each file compressed, and the licences of all that is in them.
import { readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'
import type { Plugin } from 'vite'

/** Folders of the packages that the scripts, styles and workers were made from. */
const packages = new Set<string>()

/** Notes the packages of one bundle; workers are bundles of their own. */
export function noted(): Plugin {
  return {
    name: 'noted',
    generateBundle() {
      for (const id of this.getModuleIds()) {
        const folder = /^\0?(.*node_modules\/(?:@[^/]+\/)?[^/]+)/.exec(id)
        if (folder) packages.add(folder[1]!)
      }
    },
  }
}

/** Writes LICENSES.txt, and beside each file of assets its .gz: no visitor then costs time for that. */
export function shipped(): Plugin {
  return {
    name: 'shipped',
    apply: 'build',
    writeBundle({ dir }) {
      writeFileSync(join(dir!, 'LICENSES.txt'), [...packages].sort().flatMap(licences).join('\n\n'))
      const assets = join(dir!, 'assets')
      for (const file of readdirSync(assets)) {
        writeFileSync(join(assets, `${file}.gz`), gzipSync(readFileSync(join(assets, file)), { level: 9 }))
      }
    },
  }
}

/** A package's name and kind of licence, then the texts that it brings. */
function licences(folder: string): string[] {
  const { name, version, license } = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf-8')) as Described
  const texts = readdirSync(folder).filter(file => /^(licen[cs]e|notice|third)/i.test(file))
  return [`${name} ${version}: ${license}`, ...texts.sort().map(file => readFileSync(join(folder, file), 'utf-8'))]
}

interface Described {
  name: string
  version: string
  license: string
}
