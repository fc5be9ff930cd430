import type { Metadata } from 'next'
import { findAttacks } from '../../lab/find-attacks.ts'
import { LabIsDown } from '../../lab/lab-is-down.tsx'
import { LabList } from '../../lab/lab-list.tsx'

export const metadata: Metadata = { title: 'Attack lab' }

export default async function Page() {
  const attacks = await findAttacks()
  return attacks ? <LabList attacks={attacks} /> : <LabIsDown />
}
