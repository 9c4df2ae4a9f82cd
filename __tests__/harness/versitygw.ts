import { cpSync, mkdirSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { CreateBucketCommand, PutBucketPolicyCommand, PutObjectCommand, S3Client } from '@aws-sdk/client-s3'
import { type Peer, peerProgram, startPeer } from './peers.js'
import { temporaryFolder } from './run.js'

export interface Gateway extends Peer {
  /** What a run needs to sign in as this user: the root user unless another is named. */
  readonly signIn: (user?: string) => { AWS_ACCESS_KEY_ID: string; AWS_SECRET_ACCESS_KEY: string }
  readonly makeBucket: (bucket: string) => Promise<void>
  readonly put: (bucket: string, objects: Readonly<Record<string, string>>) => Promise<void>
  /** Lets a user read objects and do nothing else. */
  readonly allowGet: (bucket: string, user: string) => Promise<void>
}

const root = 'labroot'

/** Starts a real S3 gateway over a folder; each user's secret is the name with `secret` behind it. */
export async function startGateway(users: readonly string[] = [], objects?: string): Promise<Gateway> {
  const folder = temporaryFolder()
  const [iam, buckets] = [path.join(folder, 'iam'), path.join(folder, 'buckets')]
  mkdirSync(iam)
  mkdirSync(buckets)
  if (objects !== undefined) cpSync(objects, buckets, { recursive: true })
  const accounts = users.map((user) => [user, { access: user, secret: `${user}secret`, role: 'user' }])
  writeFileSync(
    path.join(iam, 'users.json'),
    JSON.stringify({ accessAccounts: Object.fromEntries(accounts) as unknown }),
  )

  const peer = await startPeer(peerProgram('versitygw'), (port) => {
    const rootUser = ['--access', root, '--secret', `${root}secret`]
    return ['-p', `127.0.0.1:${port}`, '-q', ...rootUser, '--iam-dir', iam, 'posix', buckets]
  })
  const client = new S3Client({
    endpoint: peer.url,
    forcePathStyle: true,
    region: 'us-east-1',
    credentials: { accessKeyId: root, secretAccessKey: `${root}secret` },
  })
  return {
    url: peer.url,
    stop: async () => {
      client.destroy()
      await peer.stop()
    },
    signIn: (user = root) => ({ AWS_ACCESS_KEY_ID: user, AWS_SECRET_ACCESS_KEY: `${user}secret` }),
    makeBucket: async (bucket) => {
      await client.send(new CreateBucketCommand({ Bucket: bucket }))
    },
    put: async (bucket, contents) => {
      for (const [key, content] of Object.entries(contents)) {
        await client.send(new PutObjectCommand({ Bucket: bucket, Key: key, Body: content }))
      }
    },
    allowGet: async (bucket, user) => {
      const statement = {
        Effect: 'Allow',
        Principal: { AWS: [user] },
        Action: ['s3:GetObject'],
        Resource: [`arn:aws:s3:::${bucket}/*`],
      }
      const policy = JSON.stringify({ Version: '2012-10-17', Statement: [statement] })
      await client.send(new PutBucketPolicyCommand({ Bucket: bucket, Policy: policy }))
    },
  }
}
