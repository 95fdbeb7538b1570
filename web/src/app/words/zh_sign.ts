// Words of sign-in and of the first run, in Chinese.
import type { enSign } from './en_sign';

export const zhSign: typeof enSign = {
  name: '用户名',
  password: '密码',
  enter: '登录',
  intro: '请使用村委会或系统管理员给您的用户名和密码。',
  forgotten: '忘记密码？请联系系统管理员重新设置。',
  openVillages: '免登录浏览',
  openVillagesMore: '以下村庄已向所有人公开汇总数据：',
  demo: '以演示身份浏览',
  demoMore: '这是演示环境。选择一个身份，即可直接登录。',
  welcome: (name) => `${name}，您好。`,
  setup: '创建首个系统管理员',
  setupLead: '本服务器还没有账号。程序启动时显示过一个启用码，凭码即可成为系统管理员。',
  code: '启用码',
  codeHint: '程序启动时显示，例如 7K2M-9QXD。',
  display: '姓名（他人可见）',
  nameHint: '登录时使用。',
  passwordHint: '至少 10 个字符，不能与用户名相同，也不能是常见密码。',
  repeat: '再次输入密码',
  different: '两次输入的密码不一致。',
  make: '创建账号',
  done: '您已成为系统管理员。下一步：新建自己的村庄。',
  already: '本服务器已有系统管理员。',
};
