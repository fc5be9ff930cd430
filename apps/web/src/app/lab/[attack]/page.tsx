import type { Metadata } from 'next'
import { notFound, redirect } from 'next/navigation'
import { env } from '../../../env.ts'
import { AttackPage } from '../../../lab/attack-page.tsx'
import { findAttacks } from '../../../lab/find-attacks.ts'
import { LabIsDown } from '../../../lab/lab-is-down.tsx'

type Params = Promise<{ attack: string }>

export async function generateMetadata({ params }: { params: Params }): Promise<Metadata> {
  return { title: `Attack: ${(await params).attack}` }
}

/** By its id; by its number it leads there. */
export default async function Page({ params }: { params: Params }) {
  const { attack: named } = await params
  const attacks = await findAttacks()
  const { labUrl } = env()
  if (!attacks || labUrl === undefined) return <LabIsDown />
  const numbered = attacks.find(({ number }) => String(number) === named)
  if (numbered) redirect(`/lab/${numbered.id}`)
  const at = attacks.findIndex(({ id }) => id === named)
  const attack = attacks[at]
  if (!attack) notFound()
  return <AttackPage attack={attack} labUrl={labUrl} before={attacks[at - 1]} after={attacks[at + 1]} />
}
