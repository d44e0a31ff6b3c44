import { deflateSync, gzipSync, zstdCompressSync } from 'node:zlib';
import { zipSync } from 'fflate';
import { buildElf, buildPe } from '../support/executable-builder.ts';
import { buildBerkeley, buildHeader } from '../support/rpm-database-builder.ts';
import { buildRpmSqlite, buildSqlite } from '../support/sqlite-builder.ts';
import { versionResource } from '../support/version-resource.ts';

/** One file that a detector has something to say about. */
export interface DetectorSample {
  readonly path: string;
  readonly content: string | Uint8Array;
}

const PADDING = 64 * 1024;
const NIX = '/nix/store/h0cnbmfcn93xm5dg2x27ixhag1cwndga-glibc-2.38-44';
const STATUS = 'Package: a\nStatus: install ok installed\nVersion: 1.0-1\n';
const MIT =
  'The MIT License (MIT)\nPermission is hereby granted, free of charge, to any person obtaining a copy of this software and associated documentation files (the "Software"), to deal in the Software without restriction, including without limitation the rights. The above copyright notice and this permission notice shall be included in all copies or substantial portions of the Software.\n';
const rpmHeader = buildHeader({ name: 'bash', version: '5.1', release: '2', license: 'x'.repeat(9000) });

/** A typical file for every detector, by id. */
export const SAMPLES: Readonly<Record<string, DetectorSample>> = {
  'ai-model/gguf': { path: '/models/x.gguf', content: gguf() },
  'ai-model/safetensors': { path: '/models/x.safetensors', content: safetensors() },
  'apk/installed': { path: '/lib/apk/db/installed', content: 'P:musl\nV:1.2.4-r0\nA:x86_64\nF:lib\nR:ld.so\n\n' },
  'binary/classifier': { path: '/usr/local/bin/node', content: 'x\0node.js/v19.2.0\0' },
  'bottlerocket/inventory': {
    path: '/usr/share/bottlerocket/application-inventory.json',
    content: '{"Content":[{"Name":"glibc","Version":"2.40","Release":"1"}]}',
  },
  'chisel/manifest': {
    path: '/var/lib/chisel/manifest.wall',
    content: zstdCompressSync(
      Buffer.from('{"jsonwall":"1.0","count":2}\n{"kind":"package","name":"openssl","version":"3"}\n'),
    ),
  },
  'conan/conaninfo': {
    path: `/root/.conan/data/mfast/1.2.2/_/_/package/${'ab'.repeat(20)}/conaninfo.txt`,
    content: '[settings]\n    os=Linux\n',
  },
  'conda/record': {
    path: '/opt/conda/conda-meta/zlib-1.2.11-0.json',
    content: '{"name":"zlib","version":"1.2.11","build":"0"}',
  },
  'cos/package-info': {
    path: '/etc/cos-package-info.json',
    content: '{"installedPackages":[{"name":"python","version":"3.8"}]}',
  },
  'distro/alpine-release': { path: '/etc/alpine-release', content: '3.18.0\n' },
  'distro/alpine-repositories': { path: '/etc/apk/repositories', content: 'https://x/alpine/v3.18/main\n' },
  'distro/busybox': { path: '/bin/busybox', content: 'x\0BusyBox v1.36.1 (2023)\0' },
  'distro/content-manifest': {
    path: '/root/buildinfo/content_manifests/x.json',
    content: '{"content_sets":["a-rpms"]}',
  },
  'distro/debian-version': { path: '/etc/debian_version', content: '12.5\n' },
  'distro/lsb-release': { path: '/etc/lsb-release', content: 'DISTRIB_ID=Ubuntu\nDISTRIB_RELEASE=22.04\n' },
  'distro/os-release': { path: '/etc/os-release', content: 'ID=debian\nVERSION_ID="12"\n' },
  'distro/red-hat-dockerfile': {
    path: '/root/buildinfo/Dockerfile-x',
    content: 'LABEL com.redhat.component="x" version="1" release="2"\n',
  },
  'distro/release-line': { path: '/etc/centos-release', content: 'CentOS Linux release 7.9.2009 (Core)\n' },
  'distro/ubuntu-pro': {
    path: '/var/lib/ubuntu-advantage/status.json',
    content: '{"services":[{"name":"esm-infra","status":"enabled"}]}',
  },
  'dotnet/assembly': {
    path: '/app/log4net.dll',
    content: buildPe({
      '.rsrc': versionResource(0x400, [2, 0, 12, 0], { ProductName: 'log4net', ProductVersion: '2.0.12' }),
    }),
  },
  'dotnet/deps': {
    path: '/app/Shop.deps.json',
    content:
      '{"runtimeTarget":{"name":"x"},"targets":{"x":{"Newtonsoft.Json/12.0.3":{"runtime":{"lib/a.dll":{}}}}},"libraries":{"Newtonsoft.Json/12.0.3":{"type":"package"}}}',
  },
  'dotnet/packages-config': {
    path: '/app/packages.config',
    content: '<?xml version="1.0"?><packages><package id="jQuery" version="3.1.1" /></packages>',
  },
  'dpkg/copyright': { path: '/usr/share/doc/a/copyright', content: 'Format: dep5\n\nFiles: *\nLicense: Expat\n' },
  'dpkg/diversions': { path: '/var/lib/dpkg/diversions', content: '/bin/sh\n/bin/sh.distrib\ndash\n' },
  'dpkg/file-list': { path: '/var/lib/dpkg/info/a.list', content: '/.\n/usr\n/usr/a\n' },
  'dpkg/opkg-file-list': { path: '/usr/lib/opkg/info/a.list', content: '/usr/a\n' },
  'dpkg/opkg-status': { path: '/usr/lib/opkg/status', content: STATUS },
  'dpkg/status': { path: '/var/lib/dpkg/status', content: STATUS },
  'elf-note/package': {
    path: '/usr/bin/rg',
    content: buildElf({ '.note.package': packageNote('{"type":"rpm","name":"ripgrep","version":"14.1-1"}') }),
  },
  'embedded-sbom/bitnami-components': {
    path: '/opt/bitnami/.bitnami_components.json',
    content: '{"nginx":{"version":"1.25.3-1"}}',
  },
  'embedded-sbom/document': {
    path: '/usr/share/x.cdx.json',
    content: '{"bomFormat":"CycloneDX","specVersion":"1.6","components":[{"purl":"pkg:npm/lodash@4.17.20"}]}',
  },
  'erlang/app': {
    path: '/app/lib/phoenix-1.7.10/ebin/phoenix.app',
    content: '{application,phoenix,[{vsn,"1.7.10"}]}.\n',
  },
  'golang/binary': {
    path: '/usr/bin/agent',
    content: buildElf({ '.go.buildinfo': goBuildInfo() }, { padding: PADDING }),
  },
  'homebrew/formula': { path: '/opt/Cellar/jq/1.7.1/.brew/jq.rb', content: '  license "MIT"\n' },
  'java/archive': {
    path: '/opt/x.jar',
    content: zipSync({ 'META-INF/maven/g/a/pom.properties': Buffer.from('version=1.0\ngroupId=g\nartifactId=a\n') }),
  },
  'java/exploded': {
    path: '/srv/ROOT/META-INF/maven/g/a/pom.properties',
    content: 'version=1.0\ngroupId=g\nartifactId=a\n',
  },
  'julia/depot': {
    path: '/root/.julia/packages/JSON/93Ea8/Project.toml',
    content: 'name = "JSON"\nuuid = "6"\nversion = "0.21.4"\n',
  },
  'julia/environment': {
    path: '/root/.julia/environments/v1.10/Manifest.toml',
    content: 'manifest_format = "2.0"\n\n[[deps.JSON]]\nuuid = "682c06a0"\nversion = "0.21.4"\n',
  },
  'jvm/release': {
    path: '/opt/java/release',
    content: 'IMPLEMENTOR="x"\nJAVA_RUNTIME_VERSION="21.0.2+13"\nJAVA_VERSION="21.0.2"\n',
  },
  'kernel/image': { path: '/boot/vmlinuz-6.1.0', content: kernelImage() },
  'kernel/module': {
    path: '/lib/modules/6.1.0/kernel/a.ko',
    content: buildElf({ '.modinfo': Buffer.from('version=1.2\0name=a\0') }),
  },
  'leftover/files': { path: '/app/.git/HEAD', content: 'ref: refs/heads/main\n' },
  'license-file/text': { path: '/srv/app/LICENSE', content: MIT },
  'lua/rockspec': {
    path: '/usr/local/lib/luarocks/rocks-5.1/luasec/1.3.2-1/luasec-1.3.2-1.rockspec',
    content: 'package = "luasec"\nversion = "1.3.2-1"\n',
  },
  'nix/database': {
    path: '/nix/var/nix/db/db.sqlite',
    content: buildSqlite((database) => {
      database.exec('CREATE TABLE ValidPaths (id integer primary key, path text)');
      database.prepare('INSERT INTO ValidPaths(path) VALUES (?)').run(NIX);
    }).database,
  },
  'nix/store': { path: `${NIX}/lib/libc.so`, content: 'x' },
  'npm/package-json': {
    path: '/app/node_modules/lodash/package.json',
    content: '{"name":"lodash","version":"4.17.20"}',
  },
  'pacman/desc': { path: '/var/lib/pacman/local/gmp-6-1/desc', content: '%NAME%\ngmp\n\n%VERSION%\n6-1\n' },
  'pacman/files': {
    path: '/var/lib/pacman/local/gmp-6-1/mtree',
    content: gzipSync(`./usr/a sha256digest=${'ab'.repeat(32)}\n`),
  },
  'passwd/accounts': { path: '/etc/shadow', content: 'root::1::::::\n' },
  'perl/install': { path: '/usr/lib/perl5/.meta/A-1/install.json', content: '{"name":"A","dist":"A-1","version":"1"}' },
  'perl/local-pod': {
    path: '/usr/lib/perl5/perllocal.pod',
    content:
      '=head2 Mon Jan  1 00:00:00 2024: C<Module> L<DBI|DBI>\n\n=over 4\n\n=item *\n\nC<installed into: /usr>\n\n=item *\n\nC<VERSION: 1.643>\n\n=back\n\n',
  },
  'php/composer': { path: '/srv/vendor/composer/installed.json', content: '[{"name":"a/b","version":"1.0"}]' },
  'php/pear': {
    path: '/usr/share/php/.registry/archive_tar.reg',
    content: 'a:2:{s:4:"name";s:11:"Archive_Tar";s:7:"version";a:1:{s:7:"release";s:5:"1.4.7";}}',
  },
  'portage/contents': { path: '/var/db/pkg/app-misc/jq-1.7.1/CONTENTS', content: 'dir /usr\n' },
  'python/direct-url': {
    path: '/opt/venv/lib/python3.11/site-packages/a-1.dist-info/direct_url.json',
    content: '{"url":"https://x/y"}',
  },
  'python/metadata': {
    path: '/opt/venv/lib/python3.11/site-packages/a-1.dist-info/METADATA',
    content: 'Name: a\nVersion: 1\n\n',
  },
  'python/record': {
    path: '/opt/venv/lib/python3.11/site-packages/a-1.dist-info/RECORD',
    content: 'a/__init__.py,,\n',
  },
  'r/description': {
    path: '/usr/lib/R/site-library/cli/DESCRIPTION',
    content: 'Package: cli\nVersion: 3.6\nBuilt: R 4.3.1; ; 2023; unix\n',
  },
  'rpm/database': { path: '/var/lib/rpm/Packages', content: buildBerkeley([rpmHeader]) },
  'rpm/manifest': {
    path: '/var/lib/rpmmanifest/container-manifest-2',
    content: 'vim\t9.0-1\t1\t2\tx\t(none)\t5\tx86_64\t0\tvim-9.0-1.src.rpm\n',
  },
  'rpm/sqlite-database': { path: '/var/lib/rpm/rpmdb.sqlite', content: buildRpmSqlite([rpmHeader]).database },
  'ruby/gemspec': {
    path: '/usr/local/bundle/specifications/rake-13.0.gemspec',
    content:
      '# stub: rake 13.0 ruby lib\nGem::Specification.new do |s|\n  s.name = "rake"\n  s.version = "13.0"\nend\n',
  },
  'rust/auditable': {
    path: '/usr/bin/shop',
    content: buildElf(
      { '.dep-v0': deflateSync('{"packages":[{"name":"rand","version":"0.7.3","source":"crates.io"}]}') },
      { padding: PADDING },
    ),
  },
  'snap/metadata': { path: '/snap/hello/1/meta/snap.yaml', content: 'name: hello\nversion: "2.10"\n' },
  'swift/workspace-state': {
    path: '/src/.build/workspace-state.json',
    content:
      '{"object":{"dependencies":[{"packageRef":{"identity":"x","location":"https://github.com/a/b.git"},"state":{"checkoutState":{"version":"1.0.0"}}}]},"version":6}',
  },
  'wordpress/extension': {
    path: '/var/www/html/wp-content/plugins/akismet/akismet.php',
    content: '<?php\n/**\n * Plugin Name: Akismet\n * Version: 5.3\n */\n',
  },
};

function packageNote(json: string): Buffer {
  const text = Buffer.from(json.padEnd(Math.ceil(json.length / 4) * 4, '\0'));
  const head = Buffer.alloc(12);
  head.writeUInt32LE(4, 0);
  head.writeUInt32LE(text.length, 4);
  head.writeUInt32LE(0xcafe1a7e, 8);
  return Buffer.concat([head, Buffer.from('FDO\0'), text]);
}

function goBuildInfo(): Buffer {
  const head = Buffer.alloc(32);
  head.write('\xff Go buildinf:', 'latin1');
  head[14] = 8;
  head[15] = 2;
  const modules = `${'\x30'.repeat(16)}path\tx/a\nmod\tx/a\t(devel)\t\n${'\x31'.repeat(16)}`;
  return Buffer.concat([head, Buffer.of(8), Buffer.from('go1.26.8'), Buffer.of(modules.length), Buffer.from(modules)]);
}

function kernelImage(): Buffer {
  const image = Buffer.alloc(300_000);
  image.write('\0Linux version 6.1.0-18-amd64 (x@y)', 5000, 'latin1');
  return image;
}

function u64(value: number): Buffer {
  const bytes = Buffer.alloc(8);
  bytes.writeBigUInt64LE(BigInt(value));
  return bytes;
}

function gguf(): Buffer {
  const text = (value: string): Buffer => Buffer.concat([u64(value.length), Buffer.from(value)]);
  const pair = (key: string, value: string): Buffer => Buffer.concat([text(key), Buffer.of(8, 0, 0, 0), text(value)]);
  const pairs = [pair('general.architecture', 'llama'), pair('general.name', 'Tiny')];
  return Buffer.concat([Buffer.from('GGUF'), Buffer.of(3, 0, 0, 0), u64(0), u64(pairs.length), ...pairs]);
}

function safetensors(): Buffer {
  const json = Buffer.from('{"__metadata__":{"format":"pt"},"a":{"dtype":"F32","shape":[1],"data_offsets":[0,4]}}');
  return Buffer.concat([u64(json.length), json, Buffer.alloc(16)]);
}
