import type { SecretRule } from '../rule.ts';
import { commandRule, isPassword } from '../shapes/command.ts';

/** Passwords that only their place among the arguments of a call tells. */
export const rules: readonly SecretRule[] = [
  commandRule({
    id: 'network-credential',
    title: 'Password of a .NET credential',
    specification: 'https://learn.microsoft.com/dotnet/api/system.net.networkcredential.-ctor',
    anchors: ['NetworkCredential(', 'DirectoryEntry("LDAP://'],
    pattern: /^[^"\n]{0,80}"[^"\n]{1,100}"\s{0,4},\s{0,40}"([^"\n]{6,100})"/,
    accepts: (value) => isPassword(value) || /^[a-z]{16}$/.test(value),
    hit: 'client.Credentials = new NetworkCredential("ci", "q8Zm2xKd91");',
    miss: 'client.Credentials = new NetworkCredential(user, Settings["Pass1"]);',
  }),
  commandRule({
    id: 'basic-login-argument',
    title: 'Login given to a call for basic authentication',
    specification: 'https://www.rfc-editor.org/rfc/rfc7617',
    anchors: ['SetBasicAuth(', 'HTTPBasicAuth(', 'Credentials.basic(', '.basic_auth', ' auth=(', ',auth=('],
    pattern: /^[( ]{0,2}["'][^"'\n]{1,64}["']\s{0,4},\s{0,4}["']([^"'\n]{6,100})["']/,
    accepts: isPassword,
    hit: 'request.SetBasicAuth("ci", "q8Zm2xKd91")',
    miss: "requests.get(url, auth=('ci', 'password'))",
  }),
  commandRule({
    id: 'database-connect-password',
    title: 'Password given to a database connection',
    anchors: ['getConnection("jdbc:', '_connect(', 'new mysqli(', 'new PDO('],
    pattern: /^[^\n,]{1,200},\s{0,40}["'][^"'\n]{1,64}["']\s{0,4},\s{0,40}["']([^"'\n]{6,100})["']/,
    accepts: isPassword,
    hit: 'DriverManager.getConnection("jdbc:mysql://db.intern/shop", "shop", "q8Zm2xKd91");',
    miss: "$db = mysqli_connect('db.intern', 'shop', $password1);",
  }),
];
