/** A library whose jars carry no Maven coordinates. */
interface KnownArtifact {
  /** The whole artifact id, or its beginning where it ends with `-` or `*`. */
  readonly artifact: string;
  readonly group: string;
  /** Directory of classes the jar must hold for the group to be believed; empty for names that nobody else uses. */
  readonly classes: string;
}

/** Libraries built by Gradle, Ant or Bazel, which write no `pom.properties`; the group is what Maven Central files them under. */
const KNOWN_ARTIFACTS: readonly KnownArtifact[] = [
  { artifact: 'spring-boot-starter*', group: 'org.springframework.boot', classes: '' },
  { artifact: 'spring-boot*', group: 'org.springframework.boot', classes: 'org/springframework/boot/' },
  { artifact: 'spring-security-*', group: 'org.springframework.security', classes: 'org/springframework/security/' },
  { artifact: 'spring-data-*', group: 'org.springframework.data', classes: 'org/springframework/data/' },
  { artifact: 'spring-cloud-*', group: 'org.springframework.cloud', classes: 'org/springframework/cloud/' },
  {
    artifact: 'spring-integration-*',
    group: 'org.springframework.integration',
    classes: 'org/springframework/integration/',
  },
  { artifact: 'spring-session-*', group: 'org.springframework.session', classes: 'org/springframework/session/' },
  { artifact: 'spring-batch-*', group: 'org.springframework.batch', classes: 'org/springframework/batch/' },
  { artifact: 'spring-amqp', group: 'org.springframework.amqp', classes: 'org/springframework/amqp/' },
  { artifact: 'spring-rabbit', group: 'org.springframework.amqp', classes: 'org/springframework/amqp/' },
  { artifact: 'spring-kafka', group: 'org.springframework.kafka', classes: 'org/springframework/kafka/' },
  { artifact: 'spring-ldap-core', group: 'org.springframework.ldap', classes: 'org/springframework/ldap/' },
  { artifact: 'spring-aop', group: 'org.springframework', classes: 'org/springframework/aop/' },
  { artifact: 'spring-aspects', group: 'org.springframework', classes: 'org/springframework/' },
  { artifact: 'spring-beans', group: 'org.springframework', classes: 'org/springframework/beans/' },
  { artifact: 'spring-context', group: 'org.springframework', classes: 'org/springframework/context/' },
  { artifact: 'spring-context-support', group: 'org.springframework', classes: 'org/springframework/' },
  { artifact: 'spring-core', group: 'org.springframework', classes: 'org/springframework/core/' },
  { artifact: 'spring-expression', group: 'org.springframework', classes: 'org/springframework/expression/' },
  { artifact: 'spring-jcl', group: 'org.springframework', classes: 'org/apache/commons/logging/' },
  { artifact: 'spring-jdbc', group: 'org.springframework', classes: 'org/springframework/jdbc/' },
  { artifact: 'spring-jms', group: 'org.springframework', classes: 'org/springframework/jms/' },
  { artifact: 'spring-messaging', group: 'org.springframework', classes: 'org/springframework/messaging/' },
  { artifact: 'spring-orm', group: 'org.springframework', classes: 'org/springframework/orm/' },
  { artifact: 'spring-oxm', group: 'org.springframework', classes: 'org/springframework/oxm/' },
  { artifact: 'spring-test', group: 'org.springframework', classes: 'org/springframework/test/' },
  { artifact: 'spring-tx', group: 'org.springframework', classes: 'org/springframework/transaction/' },
  { artifact: 'spring-web', group: 'org.springframework', classes: 'org/springframework/web/' },
  { artifact: 'spring-webflux', group: 'org.springframework', classes: 'org/springframework/web/' },
  { artifact: 'spring-webmvc', group: 'org.springframework', classes: 'org/springframework/web/' },
  { artifact: 'spring-websocket', group: 'org.springframework', classes: 'org/springframework/web/' },
  { artifact: 'tomcat-embed-*', group: 'org.apache.tomcat.embed', classes: '' },
  { artifact: 'kotlin-stdlib*', group: 'org.jetbrains.kotlin', classes: 'kotlin/' },
  { artifact: 'kotlin-reflect', group: 'org.jetbrains.kotlin', classes: 'kotlin/' },
  { artifact: 'kotlinx-coroutines-*', group: 'org.jetbrains.kotlinx', classes: 'kotlinx/' },
  { artifact: 'okhttp', group: 'com.squareup.okhttp3', classes: 'okhttp3/' },
  { artifact: 'okio*', group: 'com.squareup.okio', classes: 'okio/' },
  { artifact: 'retrofit', group: 'com.squareup.retrofit2', classes: 'retrofit2/' },
  { artifact: 'hibernate-core', group: 'org.hibernate', classes: 'org/hibernate/' },
  { artifact: 'hibernate-entitymanager', group: 'org.hibernate', classes: 'org/hibernate/' },
  { artifact: 'groovy*', group: 'org.codehaus.groovy', classes: 'org/codehaus/groovy/' },
  { artifact: 'gradle-*', group: 'org.gradle', classes: 'org/gradle/' },
  { artifact: 'kafka-clients', group: 'org.apache.kafka', classes: 'org/apache/kafka/' },
  { artifact: 'lucene-*', group: 'org.apache.lucene', classes: 'org/apache/lucene/' },
  { artifact: 'solr-*', group: 'org.apache.solr', classes: 'org/apache/solr/' },
  { artifact: 'elasticsearch', group: 'org.elasticsearch', classes: 'org/elasticsearch/' },
  { artifact: 'elasticsearch-*', group: 'org.elasticsearch', classes: 'org/elasticsearch/' },
  { artifact: 'opensearch', group: 'org.opensearch', classes: 'org/opensearch/' },
  { artifact: 'reactor-core', group: 'io.projectreactor', classes: 'reactor/' },
  { artifact: 'reactor-netty*', group: 'io.projectreactor.netty', classes: 'reactor/netty/' },
  { artifact: 'rxjava', group: 'io.reactivex', classes: 'rx/' },
  { artifact: 'micrometer-*', group: 'io.micrometer', classes: 'io/micrometer/' },
  { artifact: 'mysql-connector-java', group: 'mysql', classes: 'com/mysql/' },
  { artifact: 'mysql-connector-j', group: 'com.mysql', classes: 'com/mysql/' },
  { artifact: 'h2', group: 'com.h2database', classes: 'org/h2/' },
  { artifact: 'hsqldb', group: 'org.hsqldb', classes: 'org/hsqldb/' },
  { artifact: 'bcprov-*', group: 'org.bouncycastle', classes: 'org/bouncycastle/' },
  { artifact: 'bcpkix-*', group: 'org.bouncycastle', classes: 'org/bouncycastle/' },
  { artifact: 'bcutil-*', group: 'org.bouncycastle', classes: 'org/bouncycastle/' },
  { artifact: 'mockito-core', group: 'org.mockito', classes: 'org/mockito/' },
  { artifact: 'xercesImpl', group: 'xerces', classes: 'org/apache/xerces/' },
  { artifact: 'xalan', group: 'xalan', classes: 'org/apache/xalan/' },
  { artifact: 'dom4j', group: 'dom4j', classes: 'org/dom4j/' },
  { artifact: 'jdom', group: 'org.jdom', classes: 'org/jdom/' },
  { artifact: 'jdom2', group: 'org.jdom', classes: 'org/jdom2/' },
  { artifact: 'bsh', group: 'org.beanshell', classes: 'bsh/' },
  { artifact: 'ant', group: 'org.apache.ant', classes: 'org/apache/tools/ant/' },
  { artifact: 'quartz', group: 'org.quartz-scheduler', classes: 'org/quartz/' },
  { artifact: 'c3p0', group: 'com.mchange', classes: 'com/mchange/' },
  { artifact: 'freemarker', group: 'org.freemarker', classes: 'freemarker/' },
  { artifact: 'velocity', group: 'org.apache.velocity', classes: 'org/apache/velocity/' },
  { artifact: 'commons-collections', group: 'commons-collections', classes: 'org/apache/commons/collections/' },
  { artifact: 'commons-beanutils', group: 'commons-beanutils', classes: 'org/apache/commons/beanutils/' },
  { artifact: 'commons-fileupload', group: 'commons-fileupload', classes: 'org/apache/commons/fileupload/' },
  { artifact: 'commons-httpclient', group: 'commons-httpclient', classes: 'org/apache/commons/httpclient/' },
  { artifact: 'commons-logging', group: 'commons-logging', classes: 'org/apache/commons/logging/' },
  { artifact: 'commons-lang', group: 'commons-lang', classes: 'org/apache/commons/lang/' },
  { artifact: 'log4j', group: 'log4j', classes: 'org/apache/log4j/' },
  { artifact: 'axis', group: 'axis', classes: 'org/apache/axis/' },
  { artifact: 'struts', group: 'struts', classes: 'org/apache/struts/' },
  { artifact: 'checker-qual', group: 'org.checkerframework', classes: 'org/checkerframework/' },
  { artifact: 'joda-time', group: 'joda-time', classes: 'org/joda/time/' },
  { artifact: 'junit', group: 'junit', classes: 'junit/' },
  { artifact: 'jython*', group: 'org.python', classes: 'org/python/' },
  { artifact: 'jruby-*', group: 'org.jruby', classes: 'org/jruby/' },
  { artifact: 'scala-library', group: 'org.scala-lang', classes: 'scala/' },
  { artifact: 'akka-*', group: 'com.typesafe.akka', classes: 'akka/' },
  { artifact: 'play_*', group: 'com.typesafe.play', classes: 'play/' },
];

/** The group of a library that states none, where name and content both say what it is. */
export function knownGroup(artifact: string, holds: (directory: string) => boolean): string | undefined {
  const known = KNOWN_ARTIFACTS.find(({ artifact: name }) => {
    const prefix = name.endsWith('*') ? name.slice(0, -1) : name.endsWith('-') ? name : undefined;
    return prefix === undefined ? name === artifact : artifact.startsWith(prefix);
  });
  return known !== undefined && holds(known.classes) ? known.group : undefined;
}
