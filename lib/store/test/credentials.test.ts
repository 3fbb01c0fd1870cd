import { expect, test } from '@jest/globals'

import { secretsIn } from '../index.ts'

test('what Swift, S3 and rclone take as a secret, whatever the remote is called', () => {
  const secret = {
    OS_PASSWORD: 'swift-word',
    OS_APPLICATION_CREDENTIAL_SECRET: 'application-word',
    AWS_SECRET_ACCESS_KEY: 'aws-key',
    AWS_SESSION_TOKEN: 'aws-token',
    RCLONE_CONFIG_PASS: 'config-word',
    RCLONE_CONFIG_NECTAR_KEY: 'remote-key',
    RCLONE_CONFIG_MY_S3_SECRET_ACCESS_KEY: 'remote-secret',
    RCLONE_SFTP_PASS: 'sftp-word'
  }
  const open = {
    OS_AUTH_URL: 'https://keystone.example/v3',
    OS_USERNAME: 'robot',
    AWS_ACCESS_KEY_ID: 'AKIAEXAMPLE',
    RCLONE_CONFIG_NECTAR_ENV_AUTH: 'true',
    RCLONE_CONFIG_NECTAR_TYPE: 'swift',
    RCLONE_CONFIG_NECTAR_APPLICATION_CREDENTIAL_NAME: 'ci',
    RCLONE_S3_NO_CHECK_BUCKET: 'true',
    RCLONE_CONFIG: '/etc/rclone.conf',
    RCLONE_CONFIG_X_KEY: 'abc',
    PATH: '/usr/bin'
  }
  expect(secretsIn({ ...open, ...secret })).toEqual(Object.values(secret))
})
