import type { problems as en } from '../en/problems.ts';
import type { Localised } from '../localised.ts';

export const problems: Localised<typeof en> = {
  photo: {
    empty: { what: '파일이 비어 있습니다(0바이트).', todo: '다시 복사하거나 내려받은 뒤 열어 주세요.' },
    truncated: {
      what: '이미지가 중간에 끊겨 파일의 일부가 없습니다.',
      todo: '전송이 끊긴 파일입니다. 다시 복사하거나 내려받으세요.',
    },
    mislabelled: {
      what: '이름은 {{claimed}}인데 내용은 {{found}}입니다.',
      todo: '원본을 열어 PNG, JPEG, WebP로 저장해 주세요.',
    },
    'not-an-image': {
      what: '여기서 열 수 없는 파일입니다(내용: {{found}}).',
      todo: '사진(PNG, JPEG, WebP, AVIF, GIF, BMP), 동영상 또는 .convscope, .json, .npz 파일을 골라 주세요.',
    },
    unsupported: {
      what: '이 브라우저는 {{format}} 이미지를 읽지 못합니다.',
      todo: 'PNG, JPEG, WebP로 저장해 열어 주세요.',
    },
    damaged: {
      what: '이미지가 손상되어 브라우저가 읽지 못했습니다({{format}}).',
      todo: '다시 복사하거나 내려받거나, PNG로 새로 저장해 주세요.',
    },
    heic: {
      what: 'HEIC 사진은 브라우저가 읽지 못합니다.',
      todo: 'JPEG로 내보내 주세요. iPhone에서는 설정 › 카메라 › 포맷 › 높은 호환성을 고르면 됩니다.',
    },
    'too-large': {
      what: '사진이 {{width}} × {{height}}픽셀({{megapixels}}메가픽셀)입니다. {{limit}}메가픽셀보다 작아야 합니다.',
      todo: '긴 변이 4096픽셀쯤 되도록 줄여서 열어 주세요.',
    },
    'file-too-large': {
      what: '파일이 {{megabytes}}MB로 한도인 {{limit}}MB를 넘습니다.',
      todo: '사진을 줄이거나 동영상을 짧게 잘라 주세요.',
    },
    timeout: {
      what: '브라우저가 {{seconds}}초 안에 이미지를 다 읽지 못했습니다.',
      todo: 'PNG나 JPEG로 새로 저장하거나 더 작은 이미지를 골라 주세요.',
    },
    missing: {
      what: '사진 {{name, josa(particle: 이/가)}} 이 브라우저에 없어 다른 사진으로 대신합니다.',
      todo: '다시 올리거나 예시 사진을 골라 주세요.',
    },
    'sample-not-loaded': { what: '예시 사진을 불러오지 못했습니다.', todo: '연결을 확인하고 페이지를 새로 고치세요.' },
    'camera-refused': {
      what: '카메라 사용이 허용되지 않았습니다.',
      todo: '주소창에서 이 페이지의 카메라를 허용한 뒤 카메라 버튼을 다시 누르세요.',
    },
    'camera-missing': { what: '카메라를 찾지 못했습니다.', todo: '카메라를 연결하거나 사진을 올려 주세요.' },
    'camera-busy': {
      what: '다른 프로그램이 카메라를 쓰고 있습니다.',
      todo: '그 프로그램을 닫고 카메라 버튼을 다시 누르세요.',
    },
    'camera-unsupported': {
      what: '이 브라우저에서는 카메라를 쓸 수 없습니다.',
      todo: 'localhost나 https로 페이지를 열거나 사진을 올려 주세요.',
    },
    'video-unsupported': {
      what: '이 브라우저는 {{name}} 동영상을 재생하지 못합니다.',
      todo: 'MP4(H.264)나 WebM 파일을 골라 주세요.',
    },
    'video-timeout': {
      what: '{{seconds}}초가 지나도 화면이 나오지 않았습니다.',
      todo: '카메라가 가려져 있거나 다른 곳에서 쓰이는지 확인하고 다시 해 보세요.',
    },
    'file-unreadable': {
      what: '{{name}} 파일을 읽지 못했습니다.',
      todo: '파일이 그 자리에 있고 열 수 있는지 확인한 뒤 다시 해 보세요.',
    },
  },
  engine: {
    'device-lost': {
      what: 'GPU가 응답을 멈춰 다시 시작하고 있습니다.',
      todo: '자주 일어나면 사진을 줄이거나 화면 위쪽 계산 장치에서 CPU를 고르세요.',
    },
    'out-of-memory': {
      what: '메모리가 부족합니다. 이 레이어의 맵이 기기에 남은 메모리보다 큽니다.',
      todo: '사진의 긴 변을 줄이거나, out_channels를 줄이거나, stride를 키우세요.',
    },
    'shader-failed': {
      what: 'GPU 드라이버가 프로그램을 받아들이지 않았습니다.',
      todo: '화면 위쪽 계산 장치에서 CPU를 고르세요. 그래픽 드라이버를 업데이트하면 나아질 수 있습니다.',
    },
    'too-large': {
      what: '이 기기에 담을 수 없을 만큼 맵이 큽니다.',
      todo: 'out_channels를 줄이거나, stride를 키우거나, 사진의 긴 변을 줄이세요.',
    },
    internal: {
      what: '계산하지 못했습니다: {{message}}',
      todo: '무엇이든 바꾸면 다시 계산합니다. 화면 위쪽 계산 장치에서 CPU를 골라도 됩니다.',
    },
  },
  network: {
    'run-missing': {
      what: '이 네트워크는 여기서 학습되지 않았거나 학습이 초기화되었습니다.',
      todo: '학습 화면에서 학습하거나 다른 네트워크를 고르세요.',
    },
    unreadable: {
      what: '레이어를 읽을 수 없습니다. 링크나 파일이 손상되었거나 더 새로운 버전에서 만든 것입니다.',
      todo: '위에서 네트워크를 고르거나 코드를 붙여 넣으세요.',
    },
    'too-small': {
      what: '이 네트워크에는 입력이 너무 작습니다: {{message}}',
      todo: '입력을 키우거나, 맵을 절반으로 줄이는 레이어가 더 적은 네트워크를 고르세요.',
    },
    'out-of-memory': {
      what: '메모리가 부족합니다. 이 네트워크는 기기에 남은 것보다 더 많은 메모리를 씁니다.',
      todo: '입력을 줄이거나, 보관할 맵을 줄이거나, 더 작은 네트워크를 고르세요.',
    },
    'too-large': {
      what: '이 네트워크의 어느 레이어가 이 기기에 담을 수 있는 것보다 큽니다.',
      todo: '입력을 줄이거나 채널이 더 적은 네트워크를 고르세요.',
    },
    'over-memory': {
      what: '레이어 {{node}}의 맵만으로 {{size}}가 필요합니다. 이 페이지는 {{limit}}까지 쓸 수 있어 네트워크를 계산하지 않습니다.',
      todo: '입력이나 채널을 줄이거나, 보관할 맵의 한도를 늘리세요.',
    },
    'gradient-over-memory': {
      what: '{{node}}에서 사진까지 거슬러 가려면 구간으로 나누어도 맵에 {{size}}가 필요합니다. 한도는 {{limit}}입니다.',
      todo: '보관할 맵의 한도를 늘리거나, 입력을 줄이거나, 더 앞의 레이어를 보세요.',
    },
    'too-many-weights': {
      what: '네트워크의 가중치가 {{count}}개라 페이지 안에서 복사하기에 너무 많습니다.',
      todo: '더 작은 네트워크를 고르세요.',
    },
    failed: { what: '네트워크를 계산하지 못했습니다: {{message}}', todo: '무엇이든 바꾸면 다시 계산합니다.' },
  },
  layer: {
    invalid: {
      what: '이 레이어에서는 출력이 나오지 않습니다: {{message}}',
      todo: 'kernel_size나 dilation을 줄이거나 padding을 늘리세요.',
    },
  },
  file: {
    'file-truncated': {
      what: '{{name}} 파일이 중간에 끊겨 있습니다.',
      todo: '다시 복사하거나 내려받은 뒤 열어 주세요.',
    },
    'file-malformed': {
      what: '{{name}} 파일의 내용이 깨져 있습니다.',
      todo: '다시 내보내거나 이전 사본을 쓰세요.',
    },
    'file-unsupported': {
      what: '{{name}} 파일에 이 페이지가 읽지 못하는 버전이나 숫자 형식이 있습니다.',
      todo: '배열을 float32로 저장하거나 더 새로운 버전의 ConvScope에서 여세요.',
    },
    'file-unpacks-too-large': {
      what: '{{name}} 파일을 풀면 {{limit}} MB가 넘습니다.',
      todo: '더 작은 실험을 골라 주세요.',
    },
    'file-incomplete': {
      what: '파일에 빠졌거나 맞지 않는 것이 있습니다: {{part}}',
      todo: 'ConvScope가 내보낸 대로 layer.json, weight.npy, bias.npy가 있어야 합니다.',
    },
    'file-not-loaded': {
      what: '{{part}} 파일을 불러오지 못했습니다.',
      todo: '연결을 확인하고 다시 골라 주세요.',
    },
    'dataset-none': {
      what: '아직 추가한 파일이 없습니다.',
      todo: 'MNIST 같은 IDX 파일이나 CIFAR-10의 data_batch_*.bin을 추가하십시오.',
    },
    'dataset-unknown': {
      what: '{{name, josa(particle: 은/는)}} 이 페이지가 읽는 데이터 세트 파일이 아닙니다.',
      todo: 'MNIST 같은 IDX 파일(압축 여부는 상관없습니다)이나 CIFAR-10의 바이너리 파일을 고르십시오. 압축 묶음(.tar.gz, .zip)은 먼저 푸십시오.',
    },
    'dataset-labels-missing': {
      what: '{{name}}의 레이블이 없습니다.',
      todo: '짝이 되는 레이블 파일(labels-idx1-ubyte)을 추가하십시오.',
    },
    'dataset-images-missing': {
      what: '{{name}}의 이미지가 없습니다.',
      todo: '짝이 되는 이미지 파일(images-idx3-ubyte)을 추가하십시오.',
    },
    'dataset-counts': {
      what: '{{name}}에는 이미지가 {{images}}장인데 {{other}}에는 레이블이 {{labels}}개입니다.',
      todo: '데이터 세트의 같은 부분에서 나온 두 파일을 고르십시오.',
    },
    'dataset-twice': {
      what: '{{name, josa(particle: 와/과)}} {{other, josa(particle: 은/는)}} 데이터 세트의 같은 부분입니다.',
      todo: '둘 중 하나를 빼십시오.',
    },
    'dataset-mixed': {
      what: '{{name, josa(particle: 와/과)}} {{other, josa(particle: 은/는)}} 서로 다른 데이터 세트의 파일입니다.',
      todo: '한쪽 파일을 빼십시오.',
    },
    'dataset-sizes': {
      what: '학습 이미지의 크기는 {{train}}, 테스트 이미지의 크기는 {{test}}입니다.',
      todo: '같은 데이터 세트의 파일을 고르십시오.',
    },
    'dataset-small': {
      what: '{{name}}에는 크기가 {{size}}인 이미지가 {{count}}장 있습니다. 학습하고 테스트하기에 너무 적거나 작습니다.',
      todo: '4 × 4보다 작지 않은 이미지를 클래스마다 여러 장 고르십시오.',
    },
    'dataset-cifar-length': {
      what: '{{name}}의 크기는 {{bytes}}바이트입니다. CIFAR-10 이미지 한 장(3073바이트)의 정수 배가 아닙니다.',
      todo: 'CIFAR-10의 바이너리 파일을 고르거나 파일을 다시 복사하십시오.',
    },
    'own-file-gone': {
      what: '{{name, josa(particle: 이/가)}} 이 브라우저에 더는 남아 있지 않습니다.',
      todo: '파일을 다시 추가하십시오.',
    },
    'weights-unknown': {
      what: '{{name, josa(particle: 은/는)}} 이 페이지가 읽는 가중치 파일이 아닙니다.',
      todo: 'safetensors나 NumPy의 npz 파일을 고르십시오. PyTorch에서는 safetensors.torch.save_file(network.state_dict(), name)으로 저장합니다.',
    },
    'weights-not-finite': {
      what: '{{name}}의 {{part}} 텐서에 무한대이거나 숫자가 아닌 값이 있습니다.',
      todo: '학습이 잘못되기 전의 가중치를 고르십시오.',
    },
    'weights-none': {
      what: '아직 가중치 파일을 고르지 않았습니다.',
      todo: 'safetensors나 npz 파일을 고르거나, 시드로 가중치를 뽑으십시오.',
    },
    'model-malformed': {
      what: '{{name, josa(particle: 은/는)}} 읽을 수 있는 TensorFlow.js 모델이 아닙니다. {{where}}의 형식이 다릅니다.',
      todo: '변환기가 만든 model.json과 가중치 파일을 함께 여십시오.',
    },
    'model-operator': {
      what: '{{name}}에 이 페이지가 계산하지 않는 {{operator}}({{node}})가 있습니다.',
      todo: '그 연산이 없는 합성곱 네트워크를 여십시오.',
    },
    'model-attribute': {
      what: '{{name}}: {{node}}에 이 페이지가 계산하지 않는 것이 있습니다: {{what}}.',
      todo: '채널이 마지막 축인 TensorFlow.js 모델을 여십시오.',
    },
    'model-node': {
      what: '{{name}}: {{node, josa(particle: 을/를)}} 적용할 수 없습니다: {{message}}',
      todo: '더 큰 사진을 쓰거나 변환된 그대로의 모델을 여십시오.',
    },
    'model-weight': {
      what: '{{name}}에 {{part, josa(particle: 이/가)}} 없거나 크기가 레이어와 다릅니다.',
      todo: '같은 곳에서 받은 모델과 가중치 파일을 여십시오.',
    },
    'model-dtype': {
      what: '{{name}}의 {{part, josa(particle: 은/는)}} 이 페이지가 읽지 않는 {{dtype}}입니다.',
      todo: 'float32, float16 또는 양자화된 uint8, uint16으로 변환하십시오.',
    },
    'model-shard-missing': {
      what: '가중치 파일 {{part, josa(particle: 이/가)}} 없습니다.',
      todo: 'JSON과 그에 딸린 가중치 파일을 모두 함께 놓으십시오.',
    },
    'model-shard-length': {
      what: '{{part, josa(particle: 은/는)}} {{got}}바이트인데 {{name}}에는 {{expected}}바이트라고 되어 있습니다.',
      todo: '가중치 파일을 다시 복사하거나 내려받으십시오.',
    },
    'model-inputs': {
      what: '{{name}}의 입력은 {{count}}개입니다. 여기서는 사진 하나를 읽는 네트워크만 엽니다.',
      todo: '사진 하나를 읽는 네트워크를 여십시오.',
    },
    channels: {
      what: '이 실험은 채널 {{channels}}개를 읽습니다. 사진은 1~4개입니다.',
      todo: '사진으로 한 실험을 골라 주세요.',
    },
    filters: {
      what: '이 실험에는 필터가 {{filters}}개 있습니다. 이 화면은 {{limit}}개까지 보여 줍니다.',
      todo: '필터가 더 적은 실험을 골라 주세요.',
    },
    'not-a-workspace': {
      what: '{{name}} 파일은 ConvScope가 만든 파일이 아닙니다.',
      todo: 'ConvScope가 내보낸 .convscope, .json, .npz 파일을 골라 주세요.',
    },
    'newer-version': {
      what: '{{name}} 파일은 더 새로운 버전의 ConvScope에서 만들었습니다.',
      todo: '이 ConvScope를 업데이트한 뒤 다시 열어 주세요.',
    },
    'link-unreadable': {
      what: '링크가 손상되어 상태를 읽을 수 없습니다.',
      todo: '링크 전체를 다시 받으세요. 긴 링크를 잘라 버리는 프로그램도 있습니다.',
    },
    'link-newer': {
      what: '더 새로운 버전의 ConvScope에서 만든 링크입니다.',
      todo: '이 ConvScope를 업데이트한 뒤 다시 열어 주세요.',
    },
  },
  storage: {
    'storage-full': {
      what: '이 페이지의 브라우저 저장 공간이 가득 차서 방금 바꾼 것은 새로 고침하면 사라집니다.',
      todo: '내보내기에서 .convscope 파일로 저장하거나 브라우저 설정에서 공간을 비우세요.',
    },
    'storage-denied': {
      what: '브라우저가 저장을 허용하지 않아 새로 고침하면 작업이 사라집니다.',
      todo: '떠나기 전에 내보내기에서 .convscope 파일로 저장하세요. 시크릿 창에서는 저장이 막히곤 합니다.',
    },
    'blob-missing': {
      what: '이 상태에 필요한 데이터가 브라우저 저장 공간에 남아 있지 않습니다.',
      todo: '사진을 다시 열거나 실행을 취소하세요.',
    },
  },
  found: { text: '텍스트', unknown: '알 수 없는 형식' },
  unknown: { what: '문제가 생겼습니다: {{code}}.', todo: '다시 해 보세요. 페이지를 새로 고쳐도 작업은 남습니다.' },
};
